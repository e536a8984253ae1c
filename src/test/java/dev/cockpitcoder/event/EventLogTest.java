package dev.cockpitcoder.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.json.JsonValue;

import org.junit.jupiter.api.Test;

import dev.cockpitcoder.session.SessionEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventLogTest {
    private static final EventConfig CONFIG = new EventConfig(Duration.ofDays(1), 100, 32, 64);

    private final UUID session = UUID.randomUUID();
    private final Memory memory = new Memory();
    private final EventLog log = new EventLog(memory, new EventSubscribers(CONFIG), CONFIG);

    @Test
    void theOldestAreForgottenSoThatTheStoreStaysBounded() {
        for (int i = 1; i <= 1000; i++) {
            log.append(event("x"));
            assertThat(memory.seqs).hasSizeLessThanOrEqualTo(150);
        }
        assertThat(memory.seqs).startsWith(901L).endsWith(1000L);
    }

    @Test
    void aFailureLeavesNoGapAndNoDouble() {
        log.append(event("x"));
        memory.failing = true;
        assertThatThrownBy(() -> log.append(event("x"))).hasMessage("no database");
        log.record(event("x"));
        memory.failing = false;
        // what failed was stored all the same, and only the answer got lost
        memory.seqs.add(2L);

        assertThat(log.append(event("x"))).isEqualTo(3);
    }

    @Test
    void longSentencesAreCutButWhatPeopleAndProgramsWroteIsNot() {
        String content = "x".repeat(9000);
        log.append(event(content));
        log.append(new SessionEvent(session, "user_message", content, JsonValue.EMPTY_JSON_OBJECT));

        assertThat(memory.last.get(0)).hasSizeLessThan(4200);
        assertThat(memory.last.get(1)).contains(content);
    }

    private SessionEvent event(String content) {
        return new SessionEvent(session, "status", content, JsonValue.EMPTY_JSON_OBJECT);
    }

    private static final class Memory extends EventService {
        private final List<Long> seqs = new ArrayList<>();
        private final List<String> last = new ArrayList<>();
        private boolean failing;

        @Override
        public void add(StoredEvent event) {
            if (failing) {
                throw new IllegalStateException("no database");
            }
            seqs.add(event.seq());
            last.add(event.json());
        }

        @Override
        public long head(UUID sessionId) {
            if (failing) {
                throw new IllegalStateException("no database");
            }
            return seqs.isEmpty() ? 0 : seqs.get(seqs.size() - 1);
        }

        @Override
        public void trim(UUID sessionId, long seq) {
            seqs.removeIf(known -> known <= seq);
        }
    }
}
