package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.access.NewToken;
import dev.edj.access.NewUser;
import dev.edj.content.NewContent;
import dev.edj.credential.NewClientCertificate;
import dev.edj.credential.NewCredential;
import dev.edj.files.JsonSchema;
import dev.edj.files.declaration.CertificateDeclaration;
import dev.edj.files.declaration.ChildDeclaration;
import dev.edj.files.declaration.ContentDeclaration;
import dev.edj.files.declaration.CredentialDeclaration;
import dev.edj.files.declaration.JobDeclaration;
import dev.edj.files.declaration.NoticeDeclaration;
import dev.edj.files.declaration.TargetDeclaration;
import dev.edj.files.declaration.TokenDeclaration;
import dev.edj.files.declaration.UserDeclaration;
import dev.edj.files.declaration.ValuesDeclaration;
import dev.edj.job.NewJob;
import dev.edj.notice.NewNotice;
import dev.edj.target.NewChild;
import dev.edj.target.NewDatabaseValues;
import dev.edj.target.NewTarget;
import dev.edj.testing.GeneratedPage;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What can be declared is what the API takes, and what the schema says.
class SchemaPageTest {

  @Test
  void declarationsHaveWhatRequestsHave() {
    Map<Class<?>, Class<?>> requests =
        Map.of(
            CredentialDeclaration.class, NewCredential.class,
            CertificateDeclaration.class, NewClientCertificate.class,
            TargetDeclaration.class, NewTarget.class,
            ChildDeclaration.class, NewChild.class,
            ValuesDeclaration.class, NewDatabaseValues.class,
            ContentDeclaration.class, NewContent.class,
            JobDeclaration.class, NewJob.class,
            NoticeDeclaration.class, NewNotice.class,
            UserDeclaration.class, NewUser.class,
            TokenDeclaration.class, NewToken.class);
    requests.forEach((declaration, request) ->
        assertThat(names(declaration))
            .as(declaration.getSimpleName())
            .containsAll(
                names(request).stream().filter(name -> !name.startsWith("encrypted")).toList()));
  }

  @Test
  void theSchemaIsThatOfTheDocumentation() {
    new GeneratedPage("reference/edj.schema.json").says(JsonSchema.of().toPrettyString() + "\n");
    assertThat(CommandLineRun.of("schema").out())
        .isEqualTo(JsonSchema.of().toPrettyString() + "\n");
  }

  private static List<String> names(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }
}
