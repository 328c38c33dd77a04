package dev.sendex.send.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello | Hello",
                "<p>One</p><p>Two</p> | One¶¶Two",
                "One<br>Two<br><br>Three<br><br><br>Four | One¶Two¶¶Three¶¶Four",
                "<div>One</div><div>Two</div> | One¶Two",
                "<h1>Title</h1>Text | Title¶¶Text",
                "a <b>bold</b>    word&nbsp;here | a bold word here",
                "<b>a</b>b | ab",
                "<ul><li>One</li><li>Two</li></ul>after | * One¶* Two¶¶after",
                "<table><tr><td>Pens</td><td>2</td></tr><tr><td>Ink</td><td>1</td></tr></table> |"
                        + " Pens 2¶Ink 1",
                "<a href='https://z.example/x?a=1&amp;b=2'>Confirm</a>. | Confirm"
                        + " <https://z.example/x?a=1&b=2>.",
                "<a href='https://z.example'>https://z.example</a> | https://z.example",
                "<a href='#top'>Top</a> <a href='javascript:x()'>x</a> | Top x",
                "<a href='https://z.example'><img src='b.png' alt='Shop'></a> | Shop"
                        + " <https://z.example>",
                "&lt;script&gt; &copy; &#128512; | <script> © 😀",
                "<title>T</title><style>p{}</style><script>x()</script><!-- c -->Seen | Seen",
                "<span style='display: none'>preview</span>Seen | Seen",
                "<p>unclosed <b>tags | unclosed tags",
            })
    void html_is_converted_to_plain_text(String html, String text) {
        assertThat(PlainText.of(html)).isEqualTo(text.replace("¶", "\n"));
    }

    @Test
    void preformatted_text_keeps_its_lines() {
        assertThat(PlainText.of("<pre>a  b\n  c</pre>d")).isEqualTo("a  b\n  c\n\nd");
    }

    @Test
    void html_without_text_is_converted_to_empty_text() {
        assertThat(PlainText.of("<html><body><img src='x'> <br> </body></html>")).isEmpty();
    }

    @Test
    void deeply_nested_html_is_converted() {
        assertThat(PlainText.of("<div>".repeat(50_000) + "deep")).isEqualTo("deep");
    }
}
