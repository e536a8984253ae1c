package dev.cockpitcoder.screen;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** A terminal that was written a snapshot shows what one shows that was written everything; xterm.js is the judge. */
@Timeout(120)
class ScreenTest {
    private static final int COLS = 24;
    private static final int ROWS = 8;
    private static final int OUTPUTS = 400;
    /** Shows what cannot be seen: pen, character sets, tab stops, scroll region, saved cursors, the other screen. */
    private static final String PROBE =
            "\u001b[6nlq#x\u001b[?6n\t@\r\n\u001b8Sq\u001b[5;1HQ\u000eq\u000fq\tZ\u001b[?1048l~" + "\n".repeat(11)
                    + "end\u001b[?1049lM";

    private static XtermOracle xterm;

    @BeforeAll
    static void start() {
        xterm = new XtermOracle();
    }

    @AfterAll
    static void stop() {
        xterm.close();
    }

    @Test
    void aSnapshotShowsWhatAllOfTheOutputShows() {
        for (int seed = 0; seed < OUTPUTS; seed++) {
            byte[] output = new RandomOutput(seed).bytes(12);
            String snapshot = screen(output).snapshot();
            JsonObject wanted = probed(new XtermOracle.Steps(COLS, ROWS).write(output));

            assertThat(probed(new XtermOracle.Steps(COLS, ROWS).write(snapshot)))
                    .as("seed %s: %s", seed, readable(new String(output, StandardCharsets.UTF_8)))
                    .isEqualTo(wanted);
        }
    }

    private static JsonObject probed(XtermOracle.Steps steps) {
        JsonObject drawn = xterm.draw(steps.write(PROBE), false);
        // the answers to the probe only
        String answers = drawn.getString("answers");
        int last = answers.lastIndexOf('\u001b');
        return Json.createObjectBuilder(drawn)
                .add("answers", answers.substring(answers.lastIndexOf('\u001b', last - 1)))
                .build();
    }

    @Test
    void everyRenditionSurvives() {
        String output =
                "\u001b[1;2;3;4;5;7;8;9;53mall\u001b[0m \u001b[4:2mdouble\u001b[4:3mcurly\u001b[4:5mdashed\u001b[0m "
                        + "\u001b[58:2::255:0:10;4mcolored\u001b[m\u001b[91;102mbright\u001b[39;49m\u001b[38;5;7mseven\u001b[37mseven"
                        + "\u001b[m\u001b]8;id=1;http://127.0.0.1/\u0007link\u001b]8;;\u0007";

        same(output.getBytes(StandardCharsets.UTF_8), 80, 5);
        assertThat(screen(output).snapshot()).contains("\u001b]8;id=1;http://127.0.0.1/\u001b\\");
    }

    @Test
    void historyAndWrappedLinesSurvive() {
        String output = IntStream.rangeClosed(1, 300)
                        .mapToObj(i -> i % 7 == 0 ? "a long line " + "x".repeat(i) : "line " + i)
                        .collect(Collectors.joining("\r\n"))
                + "\u001b[?1049h\u001b[Hfull screen";

        JsonObject wanted = xterm.draw(new XtermOracle.Steps(40, 10).write(output), true);
        Screen screen = new Screen(40, 10);
        write(screen, output);
        JsonObject drawn = xterm.draw(new XtermOracle.Steps(40, 10).write(screen.snapshot()), true);

        assertThat(drawn.getJsonArray("history")).isNotEmpty().isEqualTo(wanted.getJsonArray("history"));
        assertThat(drawn.getJsonArray("lines")).isEqualTo(wanted.getJsonArray("lines"));
    }

    @Test
    void aFullScreenProgramFollowsAResize() {
        String before = "prompt$ vi\r\n\u001b[?1049h\u001b[2J\u001b[24;1Hstatus\u001b[1;1Htext";
        String redrawn = "\u001b[2J\u001b[40;1Hstatus\u001b[1;1Htext\u001b[2;24r";
        Screen screen = new Screen(80, 24);
        write(screen, before);
        screen.resize(100, 40);
        write(screen, redrawn);

        assertThat(xterm.draw(new XtermOracle.Steps(100, 40).write(screen.snapshot() + PROBE), false))
                .isEqualTo(xterm.draw(
                        new XtermOracle.Steps(80, 24)
                                .write(before)
                                .resize(100, 40)
                                .write(redrawn + PROBE),
                        false));
    }

    /** A phone that typed made it narrow: what was wider is there again afterwards. */
    @Test
    void linesThatWereTooLongForANarrowScreenComeBack() {
        Screen screen = new Screen(60, 5);
        write(screen, "a line that is longer than twenty columns\r\n$ ");
        screen.resize(20, 5);
        screen.resize(60, 5);

        assertThat(screen.snapshot()).contains("a line that is longer than twenty columns");
    }

    @Test
    void charactersAreAsWideAsInTheConsole() {
        List<Integer> codePoints = IntStream.concat(IntStream.range(0xa0, 0x10000), IntStream.range(0x1f000, 0x20000))
                .filter(each -> each % 3 == 0 && (each < 0xd800 || each > 0xdfff) && each != 0xfeff && each != 0xad)
                .boxed()
                .toList();
        StringBuilder output = new StringBuilder();
        codePoints.forEach(each -> output.append("\ra").appendCodePoint(each).append("\u001b[6n"));
        String columns = xterm.draw(new XtermOracle.Steps(10, 2).write(output.toString()), false)
                .getString("answers")
                .replaceAll("\u001b\\[1;(\\d)R", "$1");

        String ours =
                codePoints.stream().map(each -> "" + (2 + Widths.of(each))).collect(Collectors.joining());
        assertThat(ours).isEqualTo(columns);
    }

    @Test
    void theCursorIsWhereXtermAnswersThatItIs() {
        for (int seed = 0; seed < OUTPUTS; seed++) {
            byte[] output = new RandomOutput(seed).bytes(20);
            Screen screen = screen(output);
            String answers = xterm.draw(
                            new XtermOracle.Steps(COLS, ROWS).write(output).write("\u001b[6n"), false)
                    .getString("answers");

            assertThat("\u001b[" + screen.cursorRow() + ";" + screen.cursorColumn() + "R")
                    .as("seed %s", seed)
                    .isEqualTo(answers.substring(answers.lastIndexOf('\u001b')));
        }
    }

    @Test
    void modesAreAnsweredAsXtermAnswersThem() {
        String output = "\u001b[?1;1002;1006;2004;1049h\u001b[4h\u001b[?25;7l";
        Screen screen = screen(output);
        StringBuilder questions = new StringBuilder(output);
        StringBuilder ours = new StringBuilder();
        for (int mode : List.of(
                1, 6, 7, 8, 9, 12, 25, 45, 47, 66, 67, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 1047, 1048, 1049,
                2004, 2026, 4711)) {
            questions.append("\u001b[?").append(mode).append("$p");
            ours.append("\u001b[?")
                    .append(mode)
                    .append(';')
                    .append(screen.modeState(mode, true))
                    .append("$y");
        }
        for (int mode : List.of(2, 4, 12, 20, 99)) {
            questions.append("\u001b[").append(mode).append("$p");
            ours.append("\u001b[")
                    .append(mode)
                    .append(';')
                    .append(screen.modeState(mode, false))
                    .append("$y");
        }

        assertThat(ours)
                .hasToString(xterm.draw(new XtermOracle.Steps(COLS, ROWS).write(questions.toString()), false)
                        .getString("answers"));
    }

    @Test
    void anIncompleteSequenceIsLeftToWhatComesAfterTheSnapshot() {
        byte[] output = "text\u001b[31mred\u001b[38;2;1".getBytes(StandardCharsets.UTF_8);
        Screen screen = screen(output);

        assertThat(screen.written()).isEqualTo(output.length);
        assertThat(screen.settled()).isEqualTo(output.length - "\u001b[38;2;1".length());
    }

    private static void same(byte[] output, int cols, int rows) {
        Screen screen = new Screen(cols, rows);
        screen.write(output, 0, output.length);
        assertThat(xterm.draw(new XtermOracle.Steps(cols, rows).write(screen.snapshot()), false))
                .isEqualTo(xterm.draw(new XtermOracle.Steps(cols, rows).write(output), false));
    }

    private static Screen screen(String output) {
        return screen(output.getBytes(StandardCharsets.UTF_8));
    }

    private static Screen screen(byte[] output) {
        Screen screen = new Screen(COLS, ROWS);
        screen.write(output, 0, output.length);
        return screen;
    }

    private static void write(Screen screen, String output) {
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        screen.write(bytes, 0, bytes.length);
    }

    private static String readable(String output) {
        return output.replace("\u001b", "\\e");
    }
}
