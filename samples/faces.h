#pragma once

#include <array>
#include <string_view>

namespace sohoa::samples {

/// A face that samples, tests or benchmarks draw with, and the Debian package that installs it.
struct Face {
  std::string_view name;  ///< family and width as Pango writes them, without weight, slope and size
  std::string_view package;
};

/// All of them. tests/architecture holds the faces named in the sources against this table, and the
/// table against the lists in packages/.
inline constexpr std::array kFaces = {
    Face{"Liberation Serif", "fonts-liberation2"},
    Face{"Liberation Sans", "fonts-liberation2"},
    Face{"Liberation Mono", "fonts-liberation2"},
    Face{"DejaVu Serif", "fonts-dejavu-core"},
    Face{"DejaVu Serif Condensed", "fonts-dejavu-extra"},
    Face{"Dancing Script", "fonts-dancingscript"},
    Face{"Kristi", "fonts-kristi"},
    Face{"Breip", "fonts-breip"},
    Face{"Delphine", "fonts-sjfonts"},
    Face{"Steve", "fonts-sjfonts"},
    Face{"Lobster Two", "fonts-lobster"},
    Face{"Kaushan Script", "fonts-kaushanscript"},
};

/// Package of the face that `description` ("DejaVu Serif Condensed Bold 12") begins with; of the
/// longest name when several fit. Empty: the table does not have it.
constexpr std::string_view packageOfFace(std::string_view description) {
  const Face* found = nullptr;
  for (const Face& face : kFaces) {
    const bool fits =
        description.starts_with(face.name) &&
        (description.size() == face.name.size() || description[face.name.size()] == ' ');
    if (fits && (found == nullptr || face.name.size() > found->name.size())) found = &face;
  }
  return found == nullptr ? std::string_view() : found->package;
}

}  // namespace sohoa::samples
