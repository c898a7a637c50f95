#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace sohoa {

/// The digests that OCFL 1.1 (3.4) names, several over one file in one pass.
class FixityDigest {
 public:
  /// md5, sha1, sha256, sha512, blake2b-512.
  static bool supports(std::string_view algorithm);
  /// Known to a community extension (0009) though not computed by us: ignored (E028).
  static bool isRegistered(std::string_view algorithm);
  /// Hexadecimal digits of a digest; 0 when not supported.
  static std::size_t hexLength(std::string_view algorithm);

  /// Algorithm -> lower-case hexadecimal digest of the file.
  /// Throws std::filesystem::filesystem_error when it cannot be read to its end.
  static std::map<std::string, std::string> ofFile(const std::filesystem::path& file,
                                                   const std::set<std::string>& algorithms);
  static std::string ofBytes(std::string_view bytes, std::string_view algorithm);
};

}  // namespace sohoa
