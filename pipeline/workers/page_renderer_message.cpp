#include <cstring>

#include "pipeline/workers/page_renderer.h"

namespace sohoa {
namespace {

constexpr int kLargest = 20'000;  // pixels of a side
constexpr std::uint32_t kMostWords = 200'000;

template <class Number>
void put(std::string& out, Number value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

template <class Number>
bool take(std::string_view& from, Number& value) {
  if (from.size() < sizeof value) return false;
  std::memcpy(&value, from.data(), sizeof value);
  from.remove_prefix(sizeof value);
  return true;
}

}  // namespace

std::string encodePicture(const PagePicture& picture) {
  std::string out;
  out.reserve(picture.rgb.size() + 1000);
  for (const int each : {picture.width, picture.height, picture.rotation}) put(out, each);
  for (const double each : {picture.left, picture.bottom, picture.right, picture.top}) {
    put(out, each);
  }
  put(out, static_cast<std::uint32_t>(picture.words.size()));
  for (const PagePicture::Word& word : picture.words) {
    for (const int each : {word.area.left, word.area.top, word.area.right, word.area.bottom}) {
      put(out, each);
    }
    put(out, static_cast<std::uint32_t>(word.text.size()));
    out += word.text;
  }
  return out + picture.rgb;
}

std::optional<PagePicture> decodePicture(std::string_view bytes) {
  PagePicture picture;
  std::uint32_t words = 0;
  bool whole = take(bytes, picture.width) && take(bytes, picture.height) &&
               take(bytes, picture.rotation) && take(bytes, picture.left) &&
               take(bytes, picture.bottom) && take(bytes, picture.right) &&
               take(bytes, picture.top) && take(bytes, words);
  if (!whole || words > kMostWords || picture.width <= 0 || picture.height <= 0 ||
      picture.width > kLargest || picture.height > kLargest) {
    return std::nullopt;
  }
  for (std::uint32_t i = 0; i < words; ++i) {
    PagePicture::Word word;
    std::uint32_t size = 0;
    whole = take(bytes, word.area.left) && take(bytes, word.area.top) &&
            take(bytes, word.area.right) && take(bytes, word.area.bottom) && take(bytes, size);
    if (!whole || bytes.size() < size) return std::nullopt;
    word.text = bytes.substr(0, size);
    bytes.remove_prefix(size);
    picture.words.push_back(std::move(word));
  }
  const auto pixels =
      static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
  if (bytes.size() != 3 * pixels) return std::nullopt;
  picture.rgb = bytes;
  return picture;
}

}  // namespace sohoa
