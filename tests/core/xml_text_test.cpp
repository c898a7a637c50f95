#include "core/texts/xml_text.h"

#include <gmock/gmock.h>

namespace sohoa {
namespace {

constexpr const char* kReplaced = "\xef\xbf\xbd";

TEST(XmlText, EscapesMarkup) {
  EXPECT_EQ(xmlText("a < b && c > \"d\""), "a &lt; b &amp;&amp; c &gt; \"d\"");
  EXPECT_EQ(xmlAttribute("\"d\""), "&quot;d&quot;");
}

TEST(XmlText, KeepsVietnameseAndLettersBeyondTheBasicPlane) {
  EXPECT_EQ(xmlText("Quyết định số 12/QĐ-STNMT\t𠀀\n"), "Quyết định số 12/QĐ-STNMT\t𠀀\n");
}

TEST(XmlText, KeepsACarriageReturnThroughParsers) { EXPECT_EQ(xmlText("a\r\nb"), "a&#13;\nb"); }

TEST(XmlText, ReplacesWhatXmlCannotHold) {
  for (const char* text : {"\x01", "\x1b", "\xff", "\xc0\x80", "\xed\xa0\x80", "\xef\xbf\xbe",
                           "\xf4\x90\x80\x80", "\xe1\xbb"}) {
    const std::string out = xmlText(std::string("a") + text + "z");
    EXPECT_EQ(out.front(), 'a');
    EXPECT_EQ(out.back(), 'z');
    std::string middle = out.substr(1, out.size() - 2);
    EXPECT_FALSE(middle.empty());
    for (; middle.starts_with(kReplaced); middle.erase(0, 3)) {
    }
    EXPECT_EQ(middle, "") << out;
  }
}

}  // namespace
}  // namespace sohoa
