package dev.sendex.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.resend.Resend;
import com.resend.core.exception.ResendException;
import com.resend.core.net.RequestOptions;
import com.resend.services.apikeys.model.CreateApiKeyOptions;
import com.resend.services.domains.model.CreateDomainOptions;
import com.resend.services.domains.model.CreateDomainResponse;
import com.resend.services.domains.model.Record;
import com.resend.services.domains.model.Tls;
import com.resend.services.domains.model.UpdateDomainOptions;
import com.resend.services.emails.model.Attachment;
import com.resend.services.emails.model.CreateEmailOptions;
import com.resend.services.suppressions.model.GetSuppressionResponseSuccess;
import com.resend.services.suppressions.model.ListSuppressionsParams;
import com.resend.services.suppressions.model.SuppressionOrigin;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Resend's SDKs: those for npm, in several versions, and for Java run unmodified; the requests of
/// the others are replayed (`deploy/e2e/sdks`).
class ResendIT {

    private static final Path SDKS = Stack.checkout().resolve("deploy/e2e/sdks");
    private static final String BOUNCED = "bounce@simulator.amazonses.com";
    private static final String COMPLAINED = "complaint@simulator.amazonses.com";

    private static Stack stack;
    private static String domain;
    private static Api api;

    @BeforeAll
    static void start() {
        stack = Stack.start();
        domain = stack.demo().domain();
        api = new Api(stack.gateway(), stack.demo().apiKey());
        for (String address : List.of(BOUNCED, COMPLAINED)) {
            api.send("orders@" + domain, address).then().statusCode(200);
            await().until(() -> api.get("/v1/suppressions/" + address).statusCode() == 200);
        }
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void the_npm_sdks_work_with_only_the_base_url_changed() throws Exception {
        Npm.run(SDKS.resolve("npm"), "ci", stack);
        Npm.run(SDKS.resolve("npm"), "test", stack);
    }

    @Test
    void the_java_sdk_sends_and_understands_errors() throws Exception {
        try (ResendHost _ = resendHost()) {
            Resend resend = new Resend(stack.demo().apiKey());
            RequestOptions once =
                    RequestOptions.builder().setIdempotencyKey("java-" + UUID.randomUUID()).build();

            String id = resend.emails().send(email(domain), once).getId();
            assertThat(resend.emails().send(email(domain), once).getId()).isEqualTo(id);
            assertThat(resend.emails().get(id).getFrom()).contains("orders@" + domain);
            assertThat(resend.emails().list().getData()).isNotEmpty();

            ResendException refused =
                    catchThrowableOfType(
                            ResendException.class,
                            () -> resend.emails().send(email("elsewhere.example")));
            assertThat(refused.getStatusCode()).isEqualTo(403);
            assertThat(refused.getErrorName()).isEqualTo("validation_error");
            assertThat(refused.getMessage()).contains("elsewhere.example");
        }
    }

    @Test
    void the_java_sdk_creates_and_removes_keys() throws Exception {
        try (ResendHost _ = resendHost()) {
            Resend resend = new Resend(stack.demo().apiKey());
            var created =
                    resend.apiKeys()
                            .create(
                                    CreateApiKeyOptions.builder()
                                            .name("made by Java")
                                            .permission("sending_access")
                                            .build());
            Resend sending = new Resend(created.getToken());

            assertThat(sending.emails().send(email(domain)).getId()).isNotEmpty();
            ResendException refused =
                    catchThrowableOfType(ResendException.class, () -> sending.domains().list());
            assertThat(refused.getErrorName()).isEqualTo("restricted_api_key");
            assertThat(resend.apiKeys().remove(created.getId())).isTrue();
        }
    }

    @Test
    void the_java_sdk_adds_changes_and_removes_domains() throws Exception {
        try (ResendHost _ = resendHost()) {
            Resend resend = new Resend(stack.demo().apiKey());
            CreateDomainResponse created =
                    resend.domains()
                            .create(
                                    CreateDomainOptions.builder()
                                            .name("java-" + UUID.randomUUID() + ".example")
                                            .customReturnPath("bounces")
                                            .build());

            assertThat(created.getRecords())
                    .extracting(Record::getRecord)
                    .containsOnly("DKIM", "SPF");
            assertThat(resend.domains().get(created.getId()).getStatus()).isEqualTo("not_started");
            assertThat(
                            resend.domains()
                                    .update(
                                            UpdateDomainOptions.builder()
                                                    .id(created.getId())
                                                    .openTracking(false)
                                                    .tls(Tls.OPPORTUNISTIC)
                                                    .build())
                                    .getId())
                    .isEqualTo(created.getId());
            assertThat(resend.domains().verify(created.getId()).getId()).isEqualTo(created.getId());
            assertThat(resend.domains().remove(created.getId()).isDeleted()).isTrue();
        }
    }

    @Test
    void the_java_sdk_finds_and_removes_suppressions() throws Exception {
        try (ResendHost _ = resendHost()) {
            Resend resend = new Resend(stack.demo().apiKey());
            GetSuppressionResponseSuccess complained = resend.suppressions().get(COMPLAINED);

            assertThat(complained.getOrigin()).isEqualTo("complaint");
            assertThat(resend.emails().get(complained.getSourceId()).getTo())
                    .containsExactly(COMPLAINED);
            assertThat(
                            resend.suppressions()
                                    .list(
                                            ListSuppressionsParams.builder()
                                                    .origin(SuppressionOrigin.COMPLAINT)
                                                    .build())
                                    .getData())
                    .extracting("email")
                    .containsExactly(COMPLAINED);
            assertThat(resend.suppressions().remove(COMPLAINED).getDeleted()).isTrue();
        }
    }

    @TestFactory
    Stream<DynamicContainer> what_other_sdks_send_is_answered_so_that_they_can_read_it() {
        URI gateway = URI.create(stack.gateway());
        String key = stack.demo().apiKey();
        Map<String, String> values =
                Map.of(
                        "domain",
                        domain,
                        "domain_id",
                        api.get("/v1/domains")
                                .path("data.find{it.name=='%s'}.id".formatted(domain)),
                        "email_id",
                        api.send("orders@" + domain, "success@simulator.amazonses.com").path("id"),
                        "suppressed",
                        BOUNCED.replace("@", "%40"));
        return ReplayedSdk.all(SDKS.resolve("replayed")).stream()
                .map(sdk ->
                        DynamicContainer.dynamicContainer(
                                sdk.name(),
                                sdk.requests().stream()
                                        .map(request ->
                                                DynamicTest.dynamicTest(
                                                        request.required("does").textValue(),
                                                        () ->
                                                                sdk.replay(
                                                                        request, gateway, key,
                                                                        values)))));
    }

    private static ResendHost resendHost() throws Exception {
        return ResendHost.inFrontOf(URI.create(stack.gateway()));
    }

    private static CreateEmailOptions email(String sender) {
        return CreateEmailOptions.builder()
                .from("Orders <orders@" + sender + ">")
                .to("success@simulator.amazonses.com")
                .subject("Your order is confirmed")
                .html("<h1>Thanks for your order!</h1>")
                .attachments(Attachment.builder().fileName("hello.txt").content("aGVsbG8=").build())
                .build();
    }
}
