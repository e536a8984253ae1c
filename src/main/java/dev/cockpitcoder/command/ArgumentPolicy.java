package dev.cockpitcoder.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Which further arguments an entry that ends in {@code *} takes: plain words, and paths that stay inside the repository. An
 * option could name a program to run or a file to write ({@code --upload-pack=…}, {@code -o …}, {@code +…}, {@code @file}), an
 * assignment could set one, and a colon makes a transport or another machine.
 */
final class ArgumentPolicy {
    /** Begins with none of {@code - + @ , ~}; has no equals sign, colon, wildcard, quote or space. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./][\\p{L}\\p{M}\\p{N}_./@+,-]*");

    private ArgumentPolicy() {}

    static boolean allows(String argument, Path repository, Path directory) {
        return PLAIN.matcher(argument).matches()
                && !argument.contains("..")
                && !namesGit(argument)
                && staysInside(directory.resolve(argument).normalize(), repository);
    }

    /** What is below {@code .git} runs when git does. */
    private static boolean namesGit(String argument) {
        return StreamSupport.stream(Path.of(argument).spliterator(), false)
                .anyMatch(name -> name.toString().equalsIgnoreCase(".git"));
    }

    /** Compared where the path really leads; the part that is not there yet cannot lead away. */
    private static boolean staysInside(Path path, Path repository) {
        Path existing = path;
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        try {
            return existing != null && existing.toRealPath().startsWith(repository);
        } catch (IOException danglingLink) {
            return false;
        }
    }
}
