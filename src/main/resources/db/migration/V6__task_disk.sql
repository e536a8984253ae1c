-- what a task takes of the disk, as measured last
ALTER TABLE task ADD COLUMN disk_bytes BIGINT NOT NULL DEFAULT 0;
