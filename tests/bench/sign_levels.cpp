// sign_levels LEVEL OUT FILE…: signs each PDF at LEVEL (B-B, B-T, B-LT or B-LTA) into folder OUT,
// visibly, with a key, TSA and revocation services of its own on loopback, and prints what was not
// signed. Build: cmake --build --preset dev --target sign_levels. For pdf_judges.sh.

#include <fmt/core.h>

#include "tests/signing/test_services.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

int run(SignatureLevel level, const fs::path& out, const std::vector<fs::path>& files) {
  TestServices services;
  const SigningKey key = services.key();
  SignatureRequest request;
  request.level = level;
  request.sync = false;
  int refused = 0;
  for (const fs::path& file : files) {
    request.at = SystemClock().now();
    request.appearance.lines = {"SAO Y", "DEMO", isoVietnam(request.at)};
    const auto done = signPdf(file, out / file.filename(), key, request, services.services());
    if (done) continue;
    ++refused;
    fmt::print("not signed: {}: {}\n", file.filename().string(), done.error().detail);
  }
  return refused == 0 ? 0 : 1;
}

}  // namespace
}  // namespace sohoa::test

int main(int argc, char** argv) {
  const auto level = argc > 2 ? sohoa::levelFromName(argv[1]) : std::nullopt;
  if (!level) return 2;
  return sohoa::test::run(*level, argv[2], {argv + 3, argv + argc});
}
