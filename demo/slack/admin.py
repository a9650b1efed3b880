"""What whoever runs the workspace may do to it: rename, open, share and archive channels, take people out."""

from dataclasses import dataclass

from demo.slack.world import BOT_USER_ID, Channel, World


@dataclass
class Admin:
    """The workspace's settings. Channels go by id or name."""

    world: World

    def rename(self, channel: str, name: str) -> None:
        """Give a channel another name; its id stays."""
        with self.world.changing():
            self._channel(channel).name = name

    def make_public(self, channel: str) -> None:
        """Open a channel to the whole workspace."""
        with self.world.changing():
            self._channel(channel).is_private = False

    def make_private(self, channel: str) -> None:
        """Close a channel to all who are not in it."""
        with self.world.changing():
            self._channel(channel).is_private = True

    def share(self, channel: str) -> None:
        """Share a channel with another workspace (Slack Connect)."""
        with self.world.changing():
            self._channel(channel).is_ext_shared = True

    def remove_bot(self, channel: str) -> None:
        """Take the app out of a channel."""
        with self.world.changing():
            self._channel(channel).members.discard(BOT_USER_ID)

    def invite_bot(self, channel: str) -> None:
        """Let the app into a channel."""
        with self.world.changing():
            self._channel(channel).members.add(BOT_USER_ID)

    def unarchive(self, channel: str) -> None:
        """Bring an archived channel back."""
        with self.world.changing():
            self._channel(channel).is_archived = False

    def deactivate(self, user: str) -> None:
        """Switch somebody's account off."""
        with self.world.changing():
            self.world.people[user].is_deleted = True

    def _channel(self, wanted: str) -> Channel:
        return next(one for one in self.world.channels.values() if wanted in {one.id, one.name})
