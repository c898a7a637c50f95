#pragma once

#include <memory>
#include <string>
#include <vector>

#include "signing/verify/verify.h"

namespace sohoa::test {

/// A small signed file that is valid as it is.
struct FlipFile {
  std::string name, bytes;
  std::shared_ptr<const TrustAnchors> anchors;
  VerificationOptions options;
};
/// B-B, B-T and B-LTA, whose last byte is covered by a signature or timestamp.
const std::vector<FlipFile>& flipFiles();

struct FlipResult {
  std::size_t tried = 0;
  std::vector<std::string> passed;  ///< "byte 12: 3f → 3e", with what stands there
};
/// Changes bytes from `first` on, each `step`th, in many ways (or, `few`, in two: another lowest
/// bit, and the bit that makes a capital of a small letter), and names what is still valid.
FlipResult flipsThatPass(const FlipFile& file, std::size_t first, std::size_t step,
                         bool few = false);

}  // namespace sohoa::test
