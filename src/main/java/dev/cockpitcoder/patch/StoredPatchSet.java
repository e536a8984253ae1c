package dev.cockpitcoder.patch;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The newest snapshot of a task. */
@Entity
@Table(name = "patch_set")
public class StoredPatchSet {
    @Id
    @Column(name = "task_id")
    private String taskId;

    private String tree;
    private int files;

    @Column(name = "taken_at")
    private Instant takenAt;

    protected StoredPatchSet() {}

    StoredPatchSet(UUID taskId, String tree, int files, Instant takenAt) {
        this.taskId = taskId.toString();
        this.tree = tree;
        this.files = files;
        this.takenAt = takenAt;
    }

    String tree() {
        return tree;
    }

    int files() {
        return files;
    }
}
