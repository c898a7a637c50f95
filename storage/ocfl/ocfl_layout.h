#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace sohoa {

/// Name of the only storage layout we write: OCFL community extension 0003.
inline constexpr std::string_view kLayoutName = "0003-hash-and-id-n-tuple-storage-layout";

/// The last folder of an object's path: the id percent-encoded in lower-case hexadecimal, all but
/// A-Z a-z 0-9 - _; over 100 characters it is cut there and "-<sha256>" follows (0003,
/// "Encapsulation Directory").
std::string encapsulationFolder(std::string_view objectId);

/// Folder of an object relative to the storage root: sha256 of the id, three tuples of three
/// hexadecimal digits, then its encapsulation folder. `object-01` -> `3c0/ff4/240/object-01`.
std::filesystem::path layoutPath(std::string_view objectId);

/// Whether the name is a community extension that the OCFL extensions repository lists.
bool isRegisteredExtension(std::string_view name);

}  // namespace sohoa
