package dev.cockpitcoder.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class QueryFilterTest {
    private static final String MIXED =
            "a^[[c€^[[31mb^[]11;?^[\\c^[P$qm^[\\^[[6nd^[]0;title^G^[]10;?^[[32me^[7^[[?1049h";
    private static final String LEFT = "a€^[[31mbcd^[]0;title^G^[[32me^[7^[[?1049h";

    /** {@code ^[} is ESC, {@code ^G} BEL. */
    @ParameterizedTest
    @CsvSource(
            value = {
                "plain|plain",
                "a^[[cb^[[>cc^[[0cd|abcd",
                "^[[6n^[[?6n^[[5n^[[?2026$p^[[4$p^[[>q|",
                "^[[1;31mred^[[0m|^[[1;31mred^[[0m",
                "^[]11;?^Ga^[]10;?^[\\b^[]4;1;?^Gc|abc",
                "^[]11;#fff^Ga^[]2;title?^[\\|^[]11;#fff^Ga^[]2;title?^[\\",
                "^[P$qr^[\\a^[P1$r^[\\|a^[P1$r^[\\",
                "^[]11;?^[[1mx|^[[1mx",
                "^[[1^[[2J|^[[1^[[2J"
            },
            delimiter = '|')
    void queriesAreTakenOut(String output, String left) {
        assertThat(filter(output, Integer.MAX_VALUE)).isEqualTo(left == null ? "" : left);
    }

    @Property(tries = 50)
    void whereverTheOutputIsCut(@ForAll @IntRange(min = 1, max = 50) int piece) {
        assertThat(filter(MIXED, piece)).isEqualTo(LEFT);
    }

    /** Longer than what is held back: an image, say. */
    @Property(tries = 20)
    void whatIsNoQueryStays(@ForAll @IntRange(max = 3000) int length, @ForAll @IntRange(min = 1, max = 700) int piece) {
        String output = "a^[P" + "x".repeat(length) + "^[\\b^[]8;;" + "y".repeat(length) + "^Gc";
        assertThat(filter(output, piece)).isEqualTo(output);
    }

    @Property
    void otherBytesComeThrough(@ForAll @Size(max = 200) byte[] any) {
        byte[] output = any.clone();
        for (int i = 0; i < output.length; i++) {
            output[i] = output[i] == 0x1b ? (byte) 'x' : output[i];
        }
        assertThat(new QueryFilter(() -> false).filter(output, output.length)).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"^[]11;?^G^[[c|^[]11;?^G"},
            delimiter = '|')
    void whoAnswersAboutColorsIsAsked(String output, String left) {
        byte[] bytes = bytes(output);
        assertThat(new QueryFilter(() -> true).filter(bytes, bytes.length)).isEqualTo(bytes(left));
    }

    private static String filter(String output, int piece) {
        QueryFilter filter = new QueryFilter(() -> false);
        ByteArrayOutputStream left = new ByteArrayOutputStream();
        byte[] bytes = bytes(output);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(piece, bytes.length - at);
            left.writeBytes(filter.filter(Arrays.copyOfRange(bytes, at, at + length), length));
            at += length;
        }
        left.writeBytes(filter.rest());
        return left.toString(StandardCharsets.UTF_8).replace("\u001b", "^[").replace("\u0007", "^G");
    }

    private static byte[] bytes(String output) {
        return output.replace("^[", "\u001b").replace("^G", "\u0007").getBytes(StandardCharsets.UTF_8);
    }
}
