-- all three or none: a command that runs on a terminal, and the size that was asked for
ALTER TABLE command_run ADD COLUMN terminal_id VARCHAR(36);
ALTER TABLE command_run ADD COLUMN tty_cols INTEGER;
ALTER TABLE command_run ADD COLUMN tty_rows INTEGER;
