package dev.cockpitcoder.terminal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.server.InvalidSetting;
import dev.cockpitcoder.server.Settings;

/**
 * @param isolation {@code TERMINAL_ISOLATION}: {@code auto}, {@code bubblewrap} or {@code none}
 * @param shell {@code TERMINAL_SHELL}, or the login shell of the server's user
 * @param environment what {@code TERMINAL_ENV} and {@code TERMINAL_LANG} put into every shell
 * @param logBytes {@code TERMINAL_LOG_BYTES}: how much output a terminal keeps
 * @param maxPerSession {@code TERMINAL_MAX_PER_SESSION}: running terminals
 * @param maxInAll {@code TERMINAL_MAX}: running terminals
 * @param pauseLimit {@code TERMINAL_PAUSE_SECONDS}: how long a viewer that takes nothing may hold a lossless program
 * @param retention {@code TERMINAL_RETENTION_SECONDS}: how long an ended terminal stays readable
 * @param limits what one terminal may take
 * @param culling when shells are ended that are left alone
 */
record TerminalConfig(
        Isolation isolation,
        Path shell,
        Map<String, String> environment,
        int logBytes,
        int maxPerSession,
        int maxInAll,
        Duration pauseLimit,
        Duration retention,
        Limits limits,
        Culling culling) {

    static TerminalConfig read(Settings settings) {
        return new TerminalConfig(
                isolation(settings.text("TERMINAL_ISOLATION").orElse("auto")),
                settings.text("TERMINAL_SHELL").map(TerminalConfig::executable).orElseGet(Shell::ofThisUser),
                environment(settings),
                (int) settings.number("TERMINAL_LOG_BYTES", 16 << 20, 64 << 10, 1 << 30),
                (int) settings.number("TERMINAL_MAX_PER_SESSION", 16, 1, 1000),
                (int) settings.number("TERMINAL_MAX", 200, 1, 10_000),
                settings.seconds("TERMINAL_PAUSE_SECONDS", Duration.ofSeconds(10), Duration.ZERO, Duration.ofHours(1)),
                settings.seconds(
                        "TERMINAL_RETENTION_SECONDS", Duration.ofMinutes(10), Duration.ZERO, Duration.ofDays(7)),
                Limits.read(settings),
                Culling.read(settings));
    }

    private static Isolation isolation(String value) {
        try {
            return Isolation.of(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("TERMINAL_ISOLATION", e.getMessage(), e);
        }
    }

    private static Path executable(String value) {
        Path shell = Path.of(value);
        if (!shell.isAbsolute() || !Files.isExecutable(shell)) {
            throw new InvalidSetting(
                    "TERMINAL_SHELL", "must be the absolute path of a program, but is '" + value + "'");
        }
        return shell;
    }

    private static Map<String, String> environment(Settings settings) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LANG", settings.text("TERMINAL_LANG").orElse("C.UTF-8"));
        for (String item : settings.list("TERMINAL_ENV")) {
            String[] pair = item.split("=", 2);
            if (!pair[0].matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new InvalidSetting("TERMINAL_ENV", "must list NAME or NAME=value, but has '" + pair[0] + "'");
            }
            if (pair.length == 2) {
                environment.put(pair[0], pair[1]);
            } else {
                settings.text(pair[0]).ifPresent(value -> environment.put(pair[0], value));
            }
        }
        return Map.copyOf(environment);
    }
}
