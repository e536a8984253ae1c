package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is different about a shell that a client of the text protocol starts: readline does not switch bracketed paste on. Those
 * clients send what is pasted as it is, and some read the output by line, where the switching stands between a command and its output.
 */
final class TextShell {
    private static final String INPUTRC = """
            $include /etc/inputrc
            $include ~/.inputrc
            set enable-bracketed-paste off
            """;

    private TextShell() {}

    /** Writes the readline configuration into this directory. */
    static Path writeInputrc(Path directory) {
        try {
            return Files.writeString(directory.resolve("inputrc"), INPUTRC);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, String> environment(Path inputrc) {
        return Map.of("INPUTRC", inputrc.toString());
    }
}
