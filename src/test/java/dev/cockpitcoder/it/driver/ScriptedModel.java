package dev.cockpitcoder.it.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;

/** Stands in for the models of all agents, on loopback; it does what prompts say: see {@code model.mjs}. */
public final class ScriptedModel implements AutoCloseable {
    private final Process process;
    private final String base;

    private ScriptedModel(Process process, String port) {
        this.process = process;
        this.base = "http://127.0.0.1:" + port;
    }

    public static ScriptedModel start() {
        try {
            Process process = new ProcessBuilder(
                            "node",
                            Path.of("src/test/resources/model.mjs")
                                    .toAbsolutePath()
                                    .toString())
                    // not ours: node makes it non-blocking, for everybody who has it
                    .redirectError(
                            Path.of("target", "model.log").toAbsolutePath().toFile())
                    .start();
            BufferedReader printed = process.inputReader();
            return new ScriptedModel(process, printed.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String base() {
        return base;
    }

    /** A prompt that makes the agent run these commands with its own shell, one after the other. */
    public static String running(String... commands) {
        var steps = Json.createArrayBuilder();
        for (String command : commands) {
            steps.add(Json.createObjectBuilder().add("shell", command));
        }
        return prompt(steps.add(Json.createObjectBuilder().add("say", "all done")));
    }

    /** @param steps as {@code model.mjs} has them */
    public static String prompt(JsonArrayBuilder steps) {
        return "Please do this. STEPS " + steps.build();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
