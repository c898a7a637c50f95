#include "core/texts/harmless_text.h"

#include <gmock/gmock.h>

namespace sohoa {
namespace {

TEST(HarmlessText, KeepsLettersOfEveryKind) {
  for (const char* text : {"", "Sở Tài nguyên và Môi trường", "Số: 12/QĐ-STNMT (89 %)",
                           "日本 العربية", "tre\xcc\x82", "a\\b"}) {
    EXPECT_EQ(harmlessText(text), text);
  }
}

TEST(HarmlessText, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(harmlessText("\x1b[2J\x1b[31mVALID"), "\\u{1B}[2J\\u{1B}[31mVALID");
  EXPECT_EQ(harmlessText("a\rb\nc\td"), "a\\u{D}b\\u{A}c\\u{9}d");
  EXPECT_EQ(harmlessText("\xc2\x9b"
                         "31m"),
            "\\u{9B}31m");
  EXPECT_EQ(harmlessText("a\x7f\x08"), "a\\u{7F}\\u{8}");
}

TEST(HarmlessText, ShowsWhatTurnsOrHidesText) {
  EXPECT_EQ(harmlessText("hợp lệ\u202egpj.fdp"), "hợp lệ\\u{202E}gpj.fdp");
  EXPECT_EQ(harmlessText("a\u200bb\u2066c\ufeffd\u2028e"),
            "a\\u{200B}b\\u{2066}c\\u{FEFF}d\\u{2028}e");
}

TEST(HarmlessText, ShowsBytesThatAreNoText) {
  EXPECT_EQ(harmlessText("a\xff\xc0\x80z"), "a\\x{FF}\\x{C0}\\x{80}z");
  EXPECT_EQ(harmlessText("\xed\xa0\x80"), "\\x{ED}\\x{A0}\\x{80}");
  EXPECT_EQ(harmlessText("\xe1\xbb"), "\\x{E1}\\x{BB}");
}

TEST(HarmlessText, KeepsLinesWhereTheyAreOurs) {
  EXPECT_EQ(harmlessText("a\n\tb\r", true), "a\n\tb\\u{D}");
}

}  // namespace
}  // namespace sohoa
