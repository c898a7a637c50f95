#include "pdf/images/srgb_profile.h"

#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "pdf/util/bytes.h"

namespace sohoa {
namespace {

constexpr int kCurvePoints = 1024;

std::string xyz(double x, double y, double z) {
  std::string data("XYZ \0\0\0\0", 8);
  for (const double value : {x, y, z}) {
    putBe32(data, static_cast<std::uint32_t>(std::lround(value * 65536)));
  }
  return data;
}

std::string transferCurve() {
  std::string data("curv\0\0\0\0", 8);
  putBe32(data, kCurvePoints);
  for (int i = 0; i < kCurvePoints; ++i) {
    const double v = i / (kCurvePoints - 1.0);
    const double linear = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    putBe16(data, static_cast<std::uint32_t>(std::lround(linear * 65535)));
  }
  return data;
}

std::string description(std::string_view text) {
  std::string data("desc\0\0\0\0", 8);
  putBe32(data, static_cast<std::uint32_t>(text.size() + 1));
  data += text;
  data += '\0';
  data.append(4 + 4 + 2 + 1 + 67, '\0');  // no Unicode and no Macintosh text
  return data;
}

std::string plainText(std::string_view text) {
  std::string data("text\0\0\0\0", 8);
  data += text;
  data += '\0';
  return data;
}

struct Tag {
  std::string_view signature;
  std::string data;
};

}  // namespace

std::string srgbProfile() {
  // Primaries and white of IEC 61966-2-1, adapted to D50 (Bradford), as ICC profiles store them.
  const std::string curve = transferCurve();
  const std::vector<Tag> tags{{"desc", description("sRGB IEC61966-2.1")},
                              {"cprt", plainText("No copyright, use freely")},
                              {"wtpt", xyz(0.9504559, 1.0, 1.0890578)},
                              {"rXYZ", xyz(0.4360747, 0.2225045, 0.0139322)},
                              {"gXYZ", xyz(0.3850649, 0.7168786, 0.0971045)},
                              {"bXYZ", xyz(0.1430804, 0.0606169, 0.7141733)},
                              {"rTRC", curve},
                              {"gTRC", curve},
                              {"bTRC", curve}};
  std::string table, data;
  putBe32(table, static_cast<std::uint32_t>(tags.size()));
  const std::size_t start = 128 + 4 + 12 * tags.size();
  std::size_t curveAt = 0;
  for (const Tag& tag : tags) {
    const bool isCurve = tag.signature.substr(1) == "TRC";
    std::size_t offset = start + data.size();
    if (isCurve && curveAt != 0) {
      offset = curveAt;  // the three curves are one
    } else {
      if (isCurve) curveAt = offset;
      data += tag.data;
      data.resize((data.size() + 3) / 4 * 4);
    }
    table += tag.signature;
    putBe32(table, static_cast<std::uint32_t>(offset));
    putBe32(table, static_cast<std::uint32_t>(tag.data.size()));
  }
  std::string header;
  putBe32(header, static_cast<std::uint32_t>(128 + table.size() + data.size()));
  putBe32(header, 0);           // preferred colour management module: none
  putBe32(header, 0x02100000);  // version 2.1
  header += "mntrRGB XYZ ";
  for (const std::uint32_t part : {2021u, 1u, 1u, 0u, 0u, 0u})
    putBe16(header, part);  // a fixed date
  header += "acsp";
  header.resize(68);
  for (const double white : {0.9642, 1.0, 0.8249}) {  // D50, the profile connection space
    putBe32(header, static_cast<std::uint32_t>(std::lround(white * 65536)));
  }
  header.resize(128);
  return header + table + data;
}

}  // namespace sohoa
