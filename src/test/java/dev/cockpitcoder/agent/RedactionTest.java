package dev.cockpitcoder.agent;

import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RedactionTest {
    private static final List<String> SECRETS = List.of("abab-1", "abab-1-ab", "bb-bb-");

    @Property(tries = 2000)
    void aTextInPiecesIsAsThePlainTextOfTheWhole(@ForAll("pieces") List<String> pieces) {
        Redaction redaction = new Redaction(SECRETS);
        Redaction.Flow flow = redaction.flow();
        StringBuilder plain = new StringBuilder();

        pieces.forEach(piece -> plain.append(flow.add(piece)));
        plain.append(flow.end());

        assertThat(plain.toString()).isEqualTo(redaction.apply(String.join("", pieces)));
        assertThat(plain.toString()).doesNotContain(SECRETS);
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        Arbitrary<String> scraps = Arbitraries.strings().withChars("ab-1").ofMaxLength(4);
        return Arbitraries.oneOf(scraps, Arbitraries.of(SECRETS)).list().ofMaxSize(12);
    }

    @Test
    void onlyWhatMayBecomeASecretIsHeldBack() {
        Redaction.Flow flow = new Redaction(SECRETS).flow();

        assertThat(flow.add("all of this, and abab")).isEqualTo("all of this, and ");
        assertThat(flow.add("-")).isEmpty();
        assertThat(flow.add("no")).isEqualTo("abab-no");
    }

    @Test
    void namesSayWhichValuesAreSecret() {
        Redaction redaction = Redaction.of(
                Map.of("MY_API_KEY", "key-value", "db_password", "pw-value", "REGION", "europe", "A_TOKEN", "short"),
                List.of("of-a-file"));

        assertThat(redaction.apply("key-value pw-value europe short of-a-file"))
                .isEqualTo("[secret] [secret] europe short [secret]");
    }
}
