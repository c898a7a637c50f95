#include "storage/text/text_decoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sohoa {
namespace {

using testing::HasSubstr;

/// "Đất đai, nước dưới đất: Nguyễn Thị Hòa ỹ" as Windows-1258 writes it.
const std::string k1258 =
    "\xD0\xE2\xEC"
    "t \xF0"
    "ai, n\xFD\xF5\xEC"
    "c d\xFD\xF5\xECi \xF0\xE2\xEC"
    "t: Nguy\xEA\xDEn Th\x69\xF2 Ho\xCC"
    "a y\xDE";
const std::string kComposed = "Đất đai, nước dưới đất: Nguyễn Thị Hòa ỹ";

TEST(Windows1258, BecomesComposedLetters) {
  EXPECT_EQ(composed(fromWindows1258(k1258)), kComposed);
}

TEST(Windows1258, OrdersTwoMarksOfALetter) {
  EXPECT_EQ(composed(fromWindows1258("\xE2\xF2")), "ậ") << "circumflex, then dot below";
  EXPECT_EQ(composed(fromWindows1258("\xF5\xD2 \xC3\xEC")), "ở Ắ");
}

TEST(Windows1258, IsTheSameInAnyPieces) {
  for (std::size_t size = 1; size < 6; ++size) {
    TextDecoder decoder(TextEncoding::windows1258);
    std::string text;
    for (std::size_t at = 0; at < k1258.size(); at += size) {
      text += decoder.decode(k1258.substr(at, size), false);
    }
    text += decoder.decode("", true);
    EXPECT_EQ(composed(text), kComposed) << size;
  }
}

TEST(Utf8, IsProvedInAnyPieces) {
  const std::string text = "\xEF\xBB\xBF" + kComposed + "\n𝄞";
  for (std::size_t size = 1; size < 9; ++size) {
    TextDecoder decoder(TextEncoding::utf8);
    std::string out;
    for (std::size_t at = 0; at < text.size(); at += size)
      out += decoder.decode(text.substr(at, size), false);
    out += decoder.decode("", true);
    EXPECT_EQ(out, kComposed + "\n𝄞") << size;
  }
}

TEST(Utf8, ThatIsNoneIsShownAsWindows1258WithItsLine) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
    const std::string text = "mã,đơn vị\n1,x\n2," + k1258 + "\n3,y\n";
    TextDecoder decoder(TextEncoding::utf8);
    try {
      for (std::size_t at = 0; at < text.size(); at += size)
        decoder.decode(text.substr(at, size), false);
      FAIL() << "taken for UTF-8 in pieces of " << size;
    } catch (const EncodingError& error) {
      EXPECT_EQ(error.line, 3);
      EXPECT_THAT(error.preview, HasSubstr("2,Đ")) << size;
    }
  }
}

TEST(Utf8, MayNotEndInsideACharacter) {
  TextDecoder decoder(TextEncoding::utf8);
  EXPECT_EQ(decoder.decode("abcd\xC4", false), "abcd");
  EXPECT_THROW(decoder.decode("", true), EncodingError);
}

}  // namespace
}  // namespace sohoa
