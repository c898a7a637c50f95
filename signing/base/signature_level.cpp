#include "signing/base/signature_level.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

namespace sohoa {
namespace {

constexpr std::array<std::pair<SignatureLevel, std::string_view>, 4> kLevels = {{
    {SignatureLevel::bB, "PAdES B-B"},
    {SignatureLevel::bT, "PAdES B-T"},
    {SignatureLevel::bLT, "PAdES B-LT"},
    {SignatureLevel::bLTA, "PAdES B-LTA"},
}};

std::string lettersOf(std::string_view text) {
  std::string letters;
  for (char c : text) {
    if (c == '-' || c == ' ') continue;
    letters += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return letters;
}

}  // namespace

std::string_view nameOf(SignatureLevel level) {
  return kLevels[static_cast<std::size_t>(level)].second;
}

std::optional<SignatureLevel> levelFromName(std::string_view name) {
  std::string wanted = lettersOf(name);
  if (wanted.starts_with("PADES")) wanted.erase(0, 5);
  for (const auto& [level, text] : kLevels) {
    if (lettersOf(text).substr(5) == wanted) return level;
  }
  return std::nullopt;
}

std::optional<SignatureDigest> digestFromName(std::string_view name) {
  const std::string wanted = lettersOf(name);
  if (wanted == "SHA256") return SignatureDigest::sha256;
  if (wanted == "SHA384") return SignatureDigest::sha384;
  if (wanted == "SHA512") return SignatureDigest::sha512;
  return std::nullopt;
}

}  // namespace sohoa
