#include <filesystem>
#include <string_view>

#include "signing/verify.h"

/// Any bytes as a PDF: revisions, form, changes, signatures. Nothing may be valid without anchors.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace sohoa;
  static const TrustAnchors anchors = [] {
    const auto folder = std::filesystem::temp_directory_path() / "sohoa-fuzz-no-anchors";
    std::filesystem::create_directories(folder);
    return TrustAnchors::fromFolder(folder);
  }();
  VerificationOptions options;
  options.at = options.now = *parseIsoTime("2024-01-01T00:00:00Z");
  const VerificationReport report =
      verifyBytes({reinterpret_cast<const char*>(data), size}, anchors, options);
  if (verdictOf(report) == "valid") __builtin_trap();
  (void)describe(report, Language::vi);
  (void)toJson(report);
  return 0;
}
