package dev.cockpitcoder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;

/** What a benchmark measured: a table for people, and JSON in {@code target/bench} for programs. */
final class Report {
    private record Row(String what, double value, String unit, String target, Boolean reached) {}

    private final String name;
    private final List<Row> rows = new ArrayList<>();

    Report(String name) {
        this.name = name;
    }

    /** A figure that others are compared with, or that explains one. */
    Report figure(String what, double value, String unit) {
        return add(new Row(what, value, unit, "", null));
    }

    Report atMost(double limit, String what, double value, String unit) {
        return add(new Row(what, value, unit, "<= " + plain(limit), value <= limit));
    }

    Report atLeast(double limit, String what, double value, String unit) {
        return add(new Row(what, value, unit, ">= " + plain(limit), value >= limit));
    }

    /** Told at once, too: a benchmark takes minutes. */
    private Report add(Row row) {
        rows.add(row);
        System.out.printf("… %s: %s %s%n", row.what(), plain(row.value()), row.unit());
        return this;
    }

    void print() throws IOException {
        System.out.printf("%n%-62s %12s %-8s %-10s%n", name, "value", "", "target");
        for (Row row : rows) {
            System.out.printf(
                    Locale.ROOT,
                    "%-62s %12s %-8s %-10s %s%n",
                    row.what(),
                    plain(row.value()),
                    row.unit(),
                    row.target(),
                    row.reached() == null ? "" : row.reached() ? "reached" : "MISSED");
        }
        System.out.printf("%s, %d processors, load %s%n%n", Runtime.version(), processors(), load());
        Path directory = Files.createDirectories(Path.of("target", "bench"));
        Files.writeString(directory.resolve(name + ".json"), json());
    }

    private String json() {
        JsonArrayBuilder figures = Json.createArrayBuilder();
        for (Row row : rows) {
            figures.add(Json.createObjectBuilder()
                    .add("what", row.what())
                    .add("value", row.value())
                    .add("unit", row.unit())
                    .add("target", row.target()));
        }
        return Json.createObjectBuilder()
                .add("benchmark", name)
                .add("java", Runtime.version().toString())
                .add("processors", processors())
                .add("load", load())
                .add("figures", figures)
                .build()
                .toString();
    }

    /** The value below which this part of the samples is. */
    static double quantile(double[] samples, double part) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(part * (sorted.length - 1)))];
    }

    static double median(double[] samples) {
        return quantile(samples, 0.5);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String plain(double value) {
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }
}
