package dev.cockpitcoder.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.json.JsonValue;

import org.junit.jupiter.api.Test;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RecordBindingTest {
    record Part(String name, Integer size) {}

    record Whole(String text, Integer number, Long big, Boolean flag, List<Part> parts, JsonValue free) {}

    @Test
    void everyKindOfMemberIsRead() {
        Whole whole = read("{\"text\":\"ü\",\"number\":-7,\"big\":9007199254740993,\"flag\":true,"
                + "\"parts\":[{\"name\":\"a\",\"size\":1},{\"name\":\"b\"}],\"free\":[1,{\"x\":null}]}");

        assertThat(whole.text()).isEqualTo("ü");
        assertThat(whole.number()).isEqualTo(-7);
        assertThat(whole.big()).isEqualTo(9007199254740993L);
        assertThat(whole.flag()).isTrue();
        assertThat(whole.parts()).containsExactly(new Part("a", 1), new Part("b", null));
        assertThat(whole.free()).hasToString("[1,{\"x\":null}]");
    }

    @Test
    void whatIsMissingOrNullIsNull() {
        assertThat(read("{}")).isEqualTo(new Whole(null, null, null, null, null, null));
        assertThat(read("{\"text\":null,\"parts\":null}")).isEqualTo(read("{}"));
    }

    @Test
    void aMemberOfAnotherTypeIsRefusedByName() {
        for (String body : List.of(
                "{\"text\":5}",
                "{\"text\":[\"a\"]}",
                "{\"number\":\"5\"}",
                "{\"number\":1.5}",
                "{\"number\":3000000000}",
                "{\"flag\":\"true\"}",
                "{\"flag\":1}",
                "{\"parts\":{}}",
                "{\"parts\":[{\"name\":1}]}",
                "{\"big\":1e400}")) {
            ProblemException refusal = refusal(body);
            assertThat(refusal.code()).as(body).isEqualTo(ProblemCode.BAD_REQUEST);
            assertThat(refusal.getMessage()).as(body).containsPattern("'(text|number|flag|parts|name|big)'");
        }
    }

    @Test
    void anUnknownMemberIsRefusedWithTheKnownOnes() {
        assertThat(refusal("{\"txt\":\"a\"}")).hasMessageContaining("'txt'").hasMessageContaining("text");
    }

    @Test
    void whatIsNoJsonObjectIsRefused() {
        for (String body : List.of(
                "",
                " ",
                "{",
                "[]",
                "5",
                "null",
                "\"a\"",
                "{\"text\":\"a\"",
                "{\"text\":\"a\"}x",
                "{\"text\":\"a\",\"text\":\"b\"}",
                "{'text':1}",
                "[".repeat(10_000),
                "{\"free\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")) {
            assertThat(refusal(body))
                    .as("%.30s", body)
                    .isNotNull()
                    .extracting(ProblemException::code)
                    .isEqualTo(ProblemCode.BAD_REQUEST);
        }
    }

    private static Whole read(String body) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Class<Record> type = (Class) Whole.class;
        try {
            return (Whole) new RecordReader()
                    .readFrom(
                            type,
                            Whole.class,
                            null,
                            null,
                            null,
                            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemException refusal(String body) {
        return catchThrowableOfType(ProblemException.class, () -> read(body));
    }
}
