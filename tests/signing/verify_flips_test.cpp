#include <gtest/gtest.h>

#include "tests/signing/flips.h"

namespace sohoa::test {
namespace {

/// A sample; the long form tries every byte (tests/bench/flip_bytes).
TEST(VerifyFlips, NoChangedByteOfThreeSmallFilesIsCalledValid) {
  for (const FlipFile& file : flipFiles()) {
    const std::size_t step = file.bytes.size() / 60;
    const FlipResult result = flipsThatPass(file, 7, step);
    EXPECT_GT(result.tried, 800u);
    for (const std::string& each : result.passed) ADD_FAILURE() << file.name << ", " << each;
  }
}

}  // namespace
}  // namespace sohoa::test
