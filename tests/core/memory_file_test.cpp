#include "core/bytes/memory_file.h"

#include <gmock/gmock.h>

#include <cstdio>
#include <string>

namespace sohoa {
namespace {

TEST(MemoryFile, ReadsBackWhatWasWrittenFromAnyPosition) {
  MemoryFile file;
  file.write("abcdef", 6);
  EXPECT_EQ(file.seek(2, SEEK_SET), 2U);
  char text[8] = {};
  EXPECT_EQ(file.read(text, 3), 3U);
  EXPECT_EQ(std::string(text), "cde");
  EXPECT_EQ(file.read(text, 8), 1U);
  EXPECT_EQ(file.read(text, 8), 0U);
}

TEST(MemoryFile, CountsPositionsFromTheEndAndFromWhereItIs) {
  MemoryFile file;
  file.write("abcdef", 6);
  EXPECT_EQ(file.seek(static_cast<std::uint64_t>(-2), SEEK_END), 4U);
  EXPECT_EQ(file.seek(static_cast<std::uint64_t>(-1), SEEK_CUR), 3U);
  file.write("X", 1);
  EXPECT_EQ(file.bytes(), "abcXef");
}

TEST(MemoryFile, FillsAGapWithZeros) {
  MemoryFile file;
  file.seek(3, SEEK_SET);
  file.write("z", 1);
  EXPECT_EQ(file.bytes(), std::string("\0\0\0z", 4));
}

}  // namespace
}  // namespace sohoa
