#include "core/bytes/hex.h"

#include <gmock/gmock.h>

#include <stdexcept>

namespace sohoa {
namespace {

TEST(Hex, HasTwoSmallDigitsForEachByte) {
  EXPECT_EQ(hexOf(std::string_view("\x00\x0f\xa0\xff", 4)), "000fa0ff");
  EXPECT_EQ(hexOf(""), "");
}

TEST(Hex, GivesEveryByteBack) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_EQ(bytesFromHex(hexOf(bytes)), bytes);
  EXPECT_EQ(bytesFromHex("4A4b"), "JK");
}

TEST(Hex, RefusesWhatIsNoHexadecimal) {
  for (const char* text : {"4", "4g", " 4", "0x", "-1"}) {
    EXPECT_THROW(bytesFromHex(text), std::invalid_argument) << text;
  }
}

}  // namespace
}  // namespace sohoa
