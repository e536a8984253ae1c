package dev.cockpitcoder.terminal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SignalScannerTest {
    /** {@code ^[} is ESC, {@code ^G} BEL, {@code ^X} CAN. */
    @ParameterizedTest
    @CsvSource(
            value = {
                "plain| ",
                "a^Gb^G|bell bell",
                "^[]0;both^G|title:both",
                "^[]2;äöü €^[\\|title:äöü €",
                "^[]1;icon only^G| ",
                "^[]52;c;aGk=^G| ",
                "^[]0;^G|title:",
                "^[]0;a^[]2;b^G|title:a title:b",
                "^[]0;cancelled^Xafter^G|bell",
                "^[P1$r0;^G^[\\^G|bell",
                "^[_^G apc ^[\\| ",
                "^[[31mred^[[0m^G|bell",
                "^[^[]2;x^G|title:x",
                "^[^G|bell",
                "^[[c^[[0c^[[1c|query:ATTRIBUTES@3 query:ATTRIBUTES@7",
                "a^[[>c^[[6n^[[?6n^[[5n^[[7n|query:SECONDARY_ATTRIBUTES@5 query:CURSOR@9 query:DEC_CURSOR@14 query:STATUS@18",
                "^[[?2026$p^[[4$p^[[>q|query:DEC_MODE2026@9 query:MODE4@14 query:VERSION@18",
                "^[]11;?^[\\^[]10;?;?^G^[]11;#fff^G|query:COLOR11@7 query:COLOR10@17 query:COLOR11@17",
                "^[]4;1;?;300;?;7;red;8;?^G|query:COLOR4;1@24 query:COLOR4;8@24",
                "^[P$qm^[\\^[P1$r0m^[\\|query:SETTINGm@6"
            },
            delimiter = '|')
    void findsBellsAndTitles(String output, String found) {
        assertThat(String.join(" ", scan(output, Integer.MAX_VALUE))).isEqualTo(found == null ? "" : found);
    }

    @Property(tries = 50)
    void whereverTheOutputIsCut(@ForAll @IntRange(min = 1, max = 9) int piece) {
        assertThat(scan("x^[]2;a title^[\\y^G^[]0;another^Gz", piece))
                .containsExactly("title:a title", "bell", "title:another");
    }

    @Property(tries = 20)
    void aTitleIsShortAndHasNoControlCharacters(@ForAll @IntRange(max = 4000) int length) {
        List<String> found = scan("^[]2;\t" + "x".repeat(length) + "^G", 100);
        assertThat(found).allMatch(title -> title.matches("title:x{0," + SignalScanner.MAX_TITLE_CHARS + "}"));
        assertThat(found).hasSize(length < 2045 ? 1 : 0);
    }

    private static List<String> scan(String output, int piece) {
        List<String> found = new ArrayList<>();
        SignalScanner scanner = new SignalScanner(new SignalScanner.Listener() {
            @Override
            public void bell() {
                found.add("bell");
            }

            @Override
            public void title(String title) {
                found.add("title:" + title);
            }

            @Override
            public void query(Query query, long offset) {
                found.add("query:" + query.kind() + query.what() + "@" + offset);
            }
        });
        byte[] bytes = output.replace("^[", "\u001b")
                .replace("^G", "\u0007")
                .replace("^X", "\u0018")
                .getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += piece) {
            int length = Math.min(piece, bytes.length - at);
            scanner.scan(Arrays.copyOfRange(bytes, at, at + length), length);
            if (piece == Integer.MAX_VALUE) {
                break;
            }
        }
        return found;
    }
}
