package dev.cockpitcoder.server;

import java.io.Serial;

/** A configuration value that cannot be used. It fails the start of the server; the message begins with the property's name. */
public class InvalidSetting extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidSetting(String name, String why) {
        super(name + " " + why);
    }

    public InvalidSetting(String name, String why, Throwable cause) {
        super(name + " " + why, cause);
    }
}
