package dev.edj.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class ContentsTest {

  private final TestControlDatabase database = TestControlDatabase.create();
  private final Contents contents = new TestFleet(database.jdbi()).contents;

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void aContentBeginsWithVersionOneAndEachChangeAddsOne() {
    Content created = contents.create(new NewContent("script", "SELECT 1", "first"));
    ContentVersion second =
        contents.addVersion("script", new NewContentVersion("SELECT 'ö'", null));

    assertThat(created.kind()).isEqualTo(ContentKind.Script);
    assertThat(created.latestVersion()).isEqualTo(1);
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.text()).isEqualTo("SELECT 'ö'");
    assertThat(second.length()).isEqualTo(10);
    assertThat(contents.named("script").latestVersion()).isEqualTo(2);
    assertThat(contents.version("script", null)).isEqualTo(second);
    assertThat(contents.version("script", 1).text()).isEqualTo("SELECT 1");
    assertThat(contents.version("script", 1).dacpac()).isNull();
    assertThat(contents.version("script", 1).comment()).isEqualTo("first");
    assertThat(contents.version("script", 1).sha256())
        .isEqualTo("e004ebd5b5532a4b85984a62f8ad48a81aa3460c1ca07701f386135d72cdecf5");
    assertThat(contents.versions("script"))
        .extracting(ContentVersion::version, ContentVersion::text, ContentVersion::dacpac)
        .containsExactly(tuple(1, null, null), tuple(2, null, null));
  }

  @Test
  void theSameTextAgainIsANewVersion() {
    contents.create(new NewContent("same", "SELECT 1", null));

    assertThat(contents.addVersion("same", new NewContentVersion("SELECT 1", null)).version())
        .isEqualTo(2);
  }

  @Test
  void versionsAddedAtTheSameTimeHaveNumbersOfTheirOwn() throws Exception {
    contents.create(new NewContent("raced", "SELECT 0", null));
    List<Callable<Integer>> additions =
        IntStream.range(0, 20)
            .<Callable<Integer>>mapToObj(i ->
                () ->
                    contents
                        .addVersion("raced", new NewContentVersion("SELECT " + i, null))
                        .version())
            .toList();

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      assertThat(threads.invokeAll(additions))
          .extracting(future -> future.get())
          .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(2, 21).boxed().toList());
    }
    assertThat(contents.named("raced").latestVersion()).isEqualTo(21);
  }

  @Test
  void aVersionThatWasMadeOfAnOlderOneIsRefused() throws Exception {
    contents.create(new NewContent("contended", "SELECT 0", null));
    Callable<ContentVersion> addition =
        () -> contents.addVersion("contended", new NewContentVersion("SELECT 1", null, 1));

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      assertThat(threads.invokeAll(Collections.nCopies(4, addition)))
          .filteredOn(made -> made.state() == Future.State.SUCCESS)
          .hasSize(1);
    }
    assertThat(contents.named("contended").latestVersion()).isEqualTo(2);
    assertRefused(
        () -> contents.addVersion("contended", new NewContentVersion("SELECT 2", null, 1)),
        ErrorCode.CHANGED_MEANWHILE,
        "content 'contended' has version 2 by now, and this one was made of version 1");
  }

  @Test
  void creatingWhatExistsChangesNothing() {
    contents.create(new NewContent("twice", "SELECT 1", null));

    assertRefused(
        () -> contents.create(new NewContent("twice", "SELECT 2", null)),
        ErrorCode.ALREADY_EXISTS,
        "content 'twice' exists already");
    assertThat(contents.version("twice", null).text()).isEqualTo("SELECT 1");
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheScript() {
    contents.create(new NewContent("bom", "\uFEFFSELECT 1", null));

    assertThat(contents.version("bom", null).text()).isEqualTo("SELECT 1");
  }

  @Test
  void anEmptyScriptIsRefused() {
    assertRefused(() -> create(""), ErrorCode.INVALID_FIELD, "the script is empty");
    assertRefused(() -> create(" \r\n\t"), ErrorCode.INVALID_FIELD, "the script is empty");
    assertRefused(() -> create("\uFEFF"), ErrorCode.INVALID_FIELD, "the script is empty");
  }

  @Test
  void whatCannotBeStoredIsRefusedWithItsLine() {
    assertRefused(() -> create("\0"), ErrorCode.INVALID_FIELD, "line 1 of the script has a NUL");
    assertRefused(() -> create("a\nb\n\0"), ErrorCode.INVALID_FIELD, "line 3 of the script");
    assertRefused(() -> create("a\r\nb\0"), ErrorCode.INVALID_FIELD, "line 2 of the script");
    assertRefused(() -> create("a\n\uD83D!"), ErrorCode.INVALID_FIELD, "line 2 of the script");
    assertRefused(() -> create("a\uDD11"), ErrorCode.INVALID_FIELD, "unpaired surrogate");
  }

  @Test
  void aScriptHasAtMost16MiBInUtf8() {
    contents.create(new NewContent("longest", "x".repeat(ScriptText.LONGEST_BYTES), null));

    assertRefused(
        () -> create("x".repeat(ScriptText.LONGEST_BYTES - 1) + "ö"),
        ErrorCode.TOO_LARGE,
        "at most 16,777,216 are allowed");
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    contents.create(new NewContent("short", "SELECT 1", null));

    assertRefused(() -> contents.named("unknown"), ErrorCode.NOT_FOUND, "content 'unknown'");
    assertRefused(() -> contents.versions("unknown"), ErrorCode.NOT_FOUND, "content 'unknown'");
    assertRefused(() -> contents.delete("unknown"), ErrorCode.NOT_FOUND, "content 'unknown'");
    assertRefused(() -> contents.version("unknown", 1), ErrorCode.NOT_FOUND, "content 'unknown'");
    assertRefused(
        () -> contents.version("short", 2), ErrorCode.NOT_FOUND, "version 2 of content 'short'");
    assertRefused(
        () -> contents.addVersion("unknown", new NewContentVersion("SELECT 1", null)),
        ErrorCode.NOT_FOUND,
        "content 'unknown'");
  }

  @Test
  void anUnusedContentIsDeletedWithItsVersions() {
    contents.create(new NewContent("deleted", "SELECT 1", null));
    contents.delete("deleted");

    assertRefused(() -> contents.named("deleted"), ErrorCode.NOT_FOUND, "'deleted'");
  }

  @Test
  void namesOfAllScriptsAreFine() {
    contents.create(new NewContent("]'%_名\uD83D\uDD11", "SELECT 1", null));

    assertThat(contents.list()).extracting(Content::name).contains("]'%_名\uD83D\uDD11");
    assertRefused(
        () -> contents.create(new NewContent("x".repeat(129), "SELECT 1", null)),
        ErrorCode.INVALID_FIELD,
        "has 129 characters");
  }

  private void create(String text) {
    contents.create(new NewContent("refused", text, null));
  }

  private static void assertRefused(ThrowingCallable call, ErrorCode code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
