-- whether nobody was asked
ALTER TABLE task_approval ADD COLUMN by_profile BOOLEAN DEFAULT FALSE NOT NULL;
