package dev.cockpitcoder.command;

import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What an ended command wrote. PostgreSQL keeps no NUL in a text: it is stored as U+FFFD. */
@Entity
@Table(name = "command_output")
public class StoredOutput {
    @Id
    @Column(name = "command_id")
    private String commandId;

    private String text;

    protected StoredOutput() {}

    StoredOutput(UUID commandId, String text) {
        this.commandId = commandId.toString();
        this.text = text.replace('\0', '\uFFFD');
    }

    String text() {
        return text;
    }
}
