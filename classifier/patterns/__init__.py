"""What a message may say, as phrases in the notation of ``classifier.phrases``: a file for each subject."""
