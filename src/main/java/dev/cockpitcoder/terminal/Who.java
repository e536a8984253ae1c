package dev.cockpitcoder.terminal;

import java.util.UUID;

/**
 * Who looks at a terminal, over one connection.
 *
 * @param name what the client calls itself; null when it does not say
 * @param inputId the name of its {@link InputSource}: the same over all its connections
 * @param readOnly it neither types nor resizes nor takes control
 */
record Who(String id, String name, String inputId, boolean readOnly) {
    private static final int ID_CHARS = 8;

    static Who connected(String name, String inputId, boolean readOnly) {
        return new Who(UUID.randomUUID().toString().substring(0, ID_CHARS), name, inputId, readOnly);
    }

    /** Whether both are the same client, which then has two connections or a new one. */
    boolean isSameAs(Who other) {
        return !readOnly && !other.readOnly && inputId.equals(other.inputId);
    }
}
