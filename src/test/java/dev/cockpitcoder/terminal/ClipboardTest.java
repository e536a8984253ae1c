package dev.cockpitcoder.terminal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** OSC 52: the clipboard is the viewers' affair. */
class ClipboardTest extends ShellsTest {
    private static final String WRITE = "\033]52;c;Y29waWVk\007";

    @Test
    void whatProgramsCopyReachesViewersUnchangedAndNobodyAnswersWhatTheyAsk() throws Exception {
        FakeClient client = v1("");
        client.type(
                0,
                "printf '\\033]52;c;Y29waWVk\\007'; printf '\\033]52;c;?\\007'; read -rs -N1 -t1 x; echo \"answer<$x>\"\r");

        client.peer.until(() -> new String(client.peer.data()).contains("answer<>\r\n"));

        assertThat(new String(client.peer.data())).contains(WRITE + "\033]52;c;?\007");
    }
}
