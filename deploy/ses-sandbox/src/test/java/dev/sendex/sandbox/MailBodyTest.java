package dev.sendex.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MailBodyTest {

    @Test
    void a_plain_email_has_only_a_text() {
        assertThat(MailBody.of("From: a@b.test\r\n\r\nHello").text()).isEqualTo("Hello");
    }

    @Test
    void nested_parts_are_found_and_attachments_are_not_bodies() {
        MailBody body =
                MailBody.of(
                        """
                        Content-Type: multipart/mixed; boundary="outer"

                        --outer
                        Content-Type: multipart/alternative; boundary=inner

                        --inner
                        Content-Type: text/plain; charset=ISO-8859-1
                        Content-Transfer-Encoding: quoted-printable

                        Caf=E9 is =
                        open
                        --inner
                        Content-Type: text/html; charset=UTF-8
                        Content-Transfer-Encoding: base64

                        PGI+Q2Fmw6k8L2I+
                        --inner--
                        --outer
                        Content-Type: text/html
                        Content-Disposition: attachment; filename=a.html

                        <i>attached</i>
                        --outer--
                        """);

        assertThat(body.text().strip()).isEqualTo("Café is open");
        assertThat(body.html()).isEqualTo("<b>Café</b>");
    }

    @Test
    void malformed_mail_is_shown_as_far_as_possible() {
        assertThat(MailBody.of("").text()).isEmpty();
        assertThat(MailBody.of("Content-Type: multipart/mixed\r\n\r\nx").text()).isNull();
        assertThat(
                        MailBody.of(
                                        "Content-Type: text/plain; charset=nonsense\r\nContent-Transfer-Encoding: base64\r\n\r\n???")
                                .text())
                .isNotNull();
        assertThat(EncodedWords.decode("=?nonsense?Q?a?= =?UTF-8?B?A?="))
                .isEqualTo("=?nonsense?Q?a?==?UTF-8?B?A?=");
        assertThat(EncodedWords.decode("=?UTF-8?Q?100=_=ZZ=?=")).isEqualTo("100= =ZZ=");
    }
}
