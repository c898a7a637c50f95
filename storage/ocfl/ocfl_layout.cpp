#include "storage/ocfl/ocfl_layout.h"

#include <algorithm>
#include <array>

#include "core/bytes/hex.h"
#include "core/digest.h"

namespace sohoa {
namespace {

constexpr std::size_t kTupleSize = 3, kTuples = 3, kLongestName = 100;

bool isSafe(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

}  // namespace

std::string encapsulationFolder(std::string_view objectId) {
  std::string name;
  for (char c : objectId) {
    if (isSafe(c)) {
      name += c;
    } else {
      name += '%' + hexOf({&c, 1});
    }
  }
  if (name.size() > kLongestName) {
    name.resize(kLongestName);
    name += "-" + sha256(objectId).hex();
  }
  return name;
}

std::filesystem::path layoutPath(std::string_view objectId) {
  const std::string digest = sha256(objectId).hex();
  std::filesystem::path path;
  for (std::size_t i = 0; i < kTuples; ++i) path /= digest.substr(i * kTupleSize, kTupleSize);
  return path / encapsulationFolder(objectId);
}

bool isRegisteredExtension(std::string_view name) {
  // github.com/OCFL/extensions, docs/; "initial" is the bootstrapping extension.
  static constexpr std::array<std::string_view, 13> kRegistered = {
      "0001-digest-algorithms",
      "0002-flat-direct-storage-layout",
      kLayoutName,
      "0004-hashed-n-tuple-storage-layout",
      "0005-mutable-head",
      "0006-flat-omit-prefix-storage-layout",
      "0007-n-tuple-omit-prefix-storage-layout",
      "0008-schema-registry",
      "0009-digest-algorithms",
      "0010-differential-n-tuple-omit-prefix-storage-layout",
      "0011-direct-clean-path-layout",
      "0012-hash-and-no-prefix-id-n-tuple-storage-layout",
      "initial"};
  return std::find(kRegistered.begin(), kRegistered.end(), name) != kRegistered.end();
}

}  // namespace sohoa
