#include "pdf/structure/stream_filter.h"

#include <gtest/gtest.h>

#include "pdf/structure/syntax.h"
#include "pdf/util/deflate.h"

namespace sohoa {
namespace {

using namespace std::string_literals;

TEST(StreamFilter, UndoesWhatDeflateDid) {
  const std::string text(100'000, 'x');
  EXPECT_EQ(inflateBytes(deflated(text), 200'000), text);
  EXPECT_EQ(inflateBytes(deflated(""), 10), "");
}

TEST(StreamFilter, ABombIsRefusedAtItsLimit) {
  const std::string bomb = deflated(std::string(50u << 20, '\0'));
  EXPECT_LT(bomb.size(), 100'000u);
  EXPECT_THROW(inflateBytes(bomb, 1u << 20), PdfSyntaxError);
}

TEST(StreamFilter, DamagedDataIsRefused) {
  std::string data = deflated("some text that is long enough to be cut somewhere");
  EXPECT_THROW(inflateBytes(data.substr(0, data.size() / 2), 1000), PdfSyntaxError);
  EXPECT_THROW(inflateBytes("no zlib", 1000), PdfSyntaxError);
  EXPECT_THROW(inflateBytes("", 1000), PdfSyntaxError);
}

TEST(StreamFilter, UndoesThePngPredictors) {
  // Rows of two bytes behind a tag: none, sub, up, average, Paeth (PNG specification, 9.2).
  EXPECT_EQ(undoPngPredictor("\0\1\2\1\1\2\2\1\1\3\1\1\4\1\1"s, 2, 1), "\1\2\1\3\2\4\2\4\3\5"s);
  EXPECT_THROW(undoPngPredictor("\0\1"s, 2, 1), PdfSyntaxError) << "half a row";
  EXPECT_THROW(undoPngPredictor("\5\1\2"s, 2, 1), PdfSyntaxError) << "unknown tag";
}

}  // namespace
}  // namespace sohoa
