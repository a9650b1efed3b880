"""A real Dovecot on loopback, with its own folder, ports and certificates, that ends with the test."""

import grp
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, Self

Certificate = Literal["good", "wrong-host", "expired", "self-signed", "none"]

CONFIG = """
base_dir = {here}/run
state_dir = {here}/state
log_path = {here}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
ssl_cert = <{here}/server.pem
ssl_key = <{here}/server.key
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
auth_failure_delay = 0
mail_location = maildir:{here}/mail
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 0
default_internal_user = {internal_user}
default_internal_group = {internal_group}
default_login_user = {login_user}
default_client_limit = 60
default_process_limit = 20
mail_max_userip_connections = 50
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={here}/home
}}
namespace inbox {{
  inbox = yes
}}
{tokens}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""

TOKENS = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {here}/oauth2.conf
}}
"""

INTROSPECTION = """
introspection_mode = auth
introspection_url = {introspect_url}
username_attribute = username
active_attribute = active
active_value = true
"""


class Dovecot:
    """``with Dovecot() as server``: real IMAP at ``port`` (plain and STARTTLS) and ``tls_port``; “none” has no TLS.

    With ``introspect_url`` it takes tokens (XOAUTH2) and asks there whether each is good.
    """

    user = "complaints"

    def __init__(self, certificate: Certificate = "good", *, capabilities: str = "", introspect_url: str = "") -> None:
        self.password = "open-sesame"
        self.certificate = certificate
        self.capabilities = capabilities
        self.introspect_url = introspect_url
        self.port = self.tls_port = 0
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        self._binary = find_dovecot()
        self.here = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.ca_file = str(self.here / "ca.pem")
        try:
            self._prepare()
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def as_settings(self) -> dict[str, Any]:
        """Its mailbox as the settings name it."""
        where = {"kind": "imap", "name": "complaints", "host": "localhost", "port": self.tls_port}
        return where | {"ca_file": self.ca_file, "user": self.user, "password": self.password}

    def deliver(self, raw: bytes) -> None:
        """Put a letter into the inbox, as a mail server's delivery does."""
        name = f"{next(self._numbers):08}.test"
        fresh = self.here / "mail" / "tmp" / name
        fresh.write_bytes(raw)
        shutil.chown(fresh, *self._owner())
        fresh.rename(self.here / "mail" / "new" / name)

    def messages(self, folder: str = "INBOX") -> list[bytes]:
        """The letters in a folder, oldest first, as they lie on the disk."""
        place = self.here / "mail" / ("" if folder == "INBOX" else f".{folder}")
        paths = [path for part in ("new", "cur") for path in (place / part).glob("*")]
        return [path.read_bytes() for path in sorted(paths, key=lambda path: path.name)]

    def log(self) -> str:
        """What it has written down so far."""
        return (self.here / "dovecot.log").read_text()

    def renumber(self) -> None:
        """Forget every number and mark, as a restored folder does: the letters stay, under a new UIDVALIDITY."""
        self._end_process()
        numbers = self.here / "mail" / "dovecot-uidlist"
        version, validity, _, *guid = numbers.read_text().splitlines()[0].split()
        for index in (self.here / "mail").glob("dovecot*"):
            index.unlink()
        new = int(validity.removeprefix("V")) + 1_000
        numbers.write_text(f"{version} V{new} N1 {' '.join(guid)}\n")
        shutil.chown(numbers, *self._owner())
        self._restart()

    def restart(self) -> None:
        """Stop, cutting every connection, and start again on the same ports and letters."""
        self._end_process()
        self._restart()

    def _restart(self) -> None:
        for _ in range(40):  # a child of the old one may hold the port for a moment
            self._launch()
            if self._answers():
                return
            self._end_process()
            threading.Event().wait(0.25)
        raise RuntimeError(f"dovecot did not come back: {self.log()}")

    def _prepare(self) -> None:
        self.here.chmod(0o755)
        for name in ("mail/new", "mail/cur", "mail/tmp", "home", "state"):
            (self.here / name).mkdir(parents=True, exist_ok=True)
        for path in (self.here / "home", self.here / "mail", *(self.here / "mail").iterdir()):
            shutil.chown(path, *self._owner())
        make_certificates(self.here, self.certificate)
        (self.here / "oauth2.conf").write_text(INTROSPECTION.format(introspect_url=self.introspect_url))

    def _start(self) -> None:
        for _ in range(3):  # another program may take a port between finding it free and using it
            self.port, self.tls_port = free_ports()
            (self.here / "dovecot.conf").write_text(self._config())
            self._launch()
            if self._answers():
                return
            self._end_process()
        has_log = (self.here / "dovecot.log").exists()
        raise RuntimeError(f"dovecot did not start: {self.log() if has_log else 'no log'}")

    def _launch(self) -> None:
        command = [self._binary, "-F", "-c", str(self.here / "dovecot.conf")]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)

    def _config(self) -> str:
        user, group = self._owner()
        is_root = os.geteuid() == 0
        text = CONFIG.format(
            here=self.here,
            ssl="no" if self.certificate == "none" else "yes",
            user=user,
            group=group,
            internal_user="dovecot" if is_root else user,
            internal_group="dovecot" if is_root else group,
            login_user="dovenull" if is_root else user,
            password=self.password,
            mechanisms="plain xoauth2" if self.introspect_url else "plain",
            tokens=TOKENS.format(here=self.here) if self.introspect_url else "",
            port=self.port,
            tls_port=self.tls_port,
        )
        return text + (f"imap_capability = {self.capabilities}\n" if self.capabilities else "")

    def _owner(self) -> tuple[str, str]:
        """Whose the letters are: this user, or nobody in particular when run by root, whose mail Dovecot refuses."""
        entry = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        return entry.pw_name, grp.getgrgid(entry.pw_gid).gr_name

    def _answers(self) -> bool:
        for _ in range(100):
            if self.process.poll() is not None:
                return False
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
                    return line.recv(10).startswith(b"* OK")
            except OSError:
                threading.Event().wait(0.05)
        return False

    def _end_process(self) -> None:
        """End the server and all it started, some of which outlive it: they are one group of their own."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)

    def _stop(self) -> None:
        if hasattr(self, "process"):
            self._end_process()
        shutil.rmtree(self.here, ignore_errors=True)


def find_dovecot() -> str:
    """The path of the dovecot program, which Debian keeps outside most people's PATH."""
    found = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if found is None:
        raise RuntimeError("dovecot is not installed: apt-get install dovecot-imapd")
    return found


def free_ports() -> tuple[int, int]:
    """Two ports nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]


def make_certificates(here: Path, certificate: Certificate) -> None:
    """A certificate authority (ca.pem) and a server's certificate and key: good, or wrong in the way asked for."""
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    authority = ["-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test authority", "-days", "30"]
    _openssl(here, "req", "-x509", *curve, *authority)
    names = "DNS:elsewhere.example" if certificate == "wrong-host" else "DNS:localhost,IP:127.0.0.1"
    (here / "names").write_text(f"subjectAltName={names}\n")
    subject = ["-subj", "/CN=localhost", "-addext", f"subjectAltName={names}"]
    if certificate == "self-signed":
        _openssl(here, "req", "-x509", *curve, "-keyout", "server.key", "-out", "server.pem", "-days", "30", *subject)
        return
    _openssl(here, "req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    signing = ["-in", "server.csr", "-out", "server.pem", "-extfile", "names"]
    if certificate == "expired":
        _sign_expired(here, signing)
    else:
        _openssl(here, "x509", "-req", *signing, "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30")


def _sign_expired(here: Path, signing: list[str]) -> None:
    """Only "openssl ca" sets both ends of a certificate's life."""
    (here / "index").touch()
    (here / "serial").write_text("01\n")
    (here / "ca.conf").write_text(
        "[ca]\ndefault_ca=test\n[test]\ndatabase=index\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\n"
        "policy=any\n[any]\ncommonName=supplied\n"
    )
    dates = ["-startdate", "20200101000000Z", "-enddate", "20200201000000Z"]
    _openssl(here, "ca", "-batch", "-config", "ca.conf", "-cert", "ca.pem", "-keyfile", "ca.key", *signing, *dates)


def _openssl(here: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=here, check=True, capture_output=True, timeout=60)
