// flip_bytes [STEP [few [FILE]]]: three small signed files (B-B, B-T, B-LTA), every byte changed in
// many ways (all eight bits one by one, and to 0, space, digits, letters, 255), each verified.
// Prints each change after which the file was still called valid. STEP (default 1): only each
// STEPth byte. "few": each byte in two ways only. FILE: B-B, B-T or B-LTA alone. Build: cmake
// --build --preset dev --target flip_bytes. Minutes; not part of the suite, where
// verify_flips_test.cpp takes a sample.

#include <fmt/core.h>

#include "tests/signing/flips.h"

int main(int argc, char** argv) {
  const std::size_t step = argc > 1 ? std::stoul(argv[1]) : 1;
  const std::string how = argc > 2 ? argv[2] : "", only = argc > 3 ? argv[3] : "";
  int passed = 0;
  for (const sohoa::test::FlipFile& file : sohoa::test::flipFiles()) {
    if (!only.empty() && only != file.name) continue;
    const auto found = sohoa::test::flipsThatPass(file, 0, step, how == "few");
    for (const std::string& each : found.passed) fmt::print("{}: {}\n", file.name, each);
    fmt::print("{}: {} bytes, {} changes, {} called valid\n", file.name, file.bytes.size(),
               found.tried, found.passed.size());
    std::fflush(stdout);
    passed += static_cast<int>(found.passed.size());
  }
  return passed == 0 ? 0 : 1;
}
