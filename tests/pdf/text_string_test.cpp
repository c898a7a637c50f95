#include "pdf/util/text_string.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

using namespace std::string_literals;

TEST(TextString, VietnameseGoesToUtf16AndBack) {
  for (const char* text : {"Chữ ký số", "ASCII only", "Đặng Thị Ngọc Ánh", "\xf0\x9f\x96\x8b"}) {
    EXPECT_EQ(textOfPdfString(pdfStringOfText(text)), text);
  }
  EXPECT_EQ(pdfStringOfText("A"), "A");
  EXPECT_EQ(pdfStringOfText("Đ"), "\xfe\xff\x01\x10"s);
}

TEST(TextString, ReadsTheOtherEncodings) {
  EXPECT_EQ(textOfPdfString("\xef\xbb\xbf"
                            "ký"),
            "ký");
  EXPECT_EQ(textOfPdfString("caf\xe9"), "café");
  EXPECT_EQ(textOfPdfString("\xfe\xff\xd8\x00\x00\x41"s),
            "\xef\xbf\xbd"
            "A")
      << "half a surrogate pair";
}

TEST(TextString, WhatIsNoUtf8BecomesTheReplacementCharacter) {
  EXPECT_EQ(codePoints("a\xff"
                       "b"),
            U"a\xfffd"
            U"b");
  EXPECT_EQ(codePoints("\xc0\x80"), U"\xfffd\xfffd") << "an overlong form is not NUL";
  EXPECT_EQ(codePoints("\xe1\xba"), U"\xfffd") << "cut off";
}

}  // namespace
}  // namespace sohoa
