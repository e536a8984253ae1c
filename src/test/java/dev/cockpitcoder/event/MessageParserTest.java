package dev.cockpitcoder.event;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.session.ClientMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessageParserTest {
    private final UUID session = UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"user_message\",\"content\":\"Grüße 🚀\",\"timestamp\":\"2026-01-01T00:00:00.000Z\"}",
                "{\"type\":\"user_message\",\"content\":\"hello\"}",
                "{\"type\":\"confirmation\",\"messageId\":\"m1\",\"confirmed\":false}"
            })
    void whatClientsSendIsTaken(String text) {
        ClientMessage message = MessageParser.parse(session, text);

        assertThat(message.sessionId()).isEqualTo(session);
        assertThat(message.type()).isEqualTo(message.message().getString("type"));
        assertThat(message.wasHandled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "null",
                "{\"type\":5}",
                "{\"type\":\"nonsense\"}",
                "{\"type\":\"user_message\"}",
                "{\"type\":\"user_message\",\"content\":5}",
                "{\"type\":\"user_message\",\"content\":\" \"}",
                "{\"type\":\"user_message\",\"content\":\"\\ud83d\"}",
                "{\"type\":\"user_message\",\"content\":\"x\",\"timestamp\":1}",
                "{\"type\":\"confirmation\",\"messageId\":\"m1\"}",
                "{\"type\":\"confirmation\",\"messageId\":\"m1\",\"confirmed\":\"true\"}",
                "{\"type\":\"confirmation\",\"messageId\":5,\"confirmed\":true}"
            })
    void anythingElseIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> MessageParser.parse(session, text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(" must be ");
    }

    @Test
    void aMessageIsNoBiggerThanAnEventCanBe() {
        String longest = "x".repeat(MessageParser.MAX_CONTENT_CHARS);
        MessageParser.parse(session, "{\"type\":\"user_message\",\"content\":\"" + longest + "\"}");

        assertThatThrownBy(() ->
                        MessageParser.parse(session, "{\"type\":\"user_message\",\"content\":\"" + longest + "x\"}"))
                .hasMessageContaining("10,000");
    }
}
