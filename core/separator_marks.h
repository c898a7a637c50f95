#pragma once

#include <array>

namespace sohoa {

/// The marks of a separator sheet: the signal beside the QR code, printed elsewhere on the sheet
/// and found by other means. Each is a disc within two rings, which looks the same however the
/// sheet lies. One place for what is drawn and what is looked for; millimetres of an A4 sheet, from
/// its top left corner.
namespace separator_marks {

/// Radii where black (the disc first) and white take turns.
inline constexpr std::array kRadii = {1.5, 3.5, 4.5, 5.5, 8.5};

struct Place {
  double x, y;
};
inline constexpr std::array kPlaces = {Place{20, 20},     Place{190, 20}, Place{20, 148.5},
                                       Place{190, 148.5}, Place{20, 277}, Place{190, 277}};

}  // namespace separator_marks
}  // namespace sohoa
