#include "core/reading.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/texts/json.h"

namespace sohoa {
namespace {

using Json = nlohmann::json;

Json toArray(const PixelBox& box) { return {box.x, box.y, box.width, box.height}; }
PixelBox boxFrom(const Json& array) {
  return {array.at(0).get<int>(), array.at(1).get<int>(), array.at(2).get<int>(),
          array.at(3).get<int>()};
}
double thousandths(double value) { return std::round(value * 1000) / 1000; }

Json toJsonValue(const Word& word) {
  return {{"text", word.text},
          {"box", toArray(word.box)},
          {"base",
           {thousandths(word.baseX0), thousandths(word.baseY0), thousandths(word.baseX1),
            thousandths(word.baseY1)}},
          {"height", thousandths(word.height)},
          {"confidence", thousandths(word.confidence)},
          {"suspect", word.suspect}};
}

Word wordFrom(const Json& json) {
  Word word;
  word.text = json.at("text").get<std::string>();
  word.box = boxFrom(json.at("box"));
  const Json& base = json.at("base");
  word.baseX0 = base.at(0).get<double>();
  word.baseY0 = base.at(1).get<double>();
  word.baseX1 = base.at(2).get<double>();
  word.baseY1 = base.at(3).get<double>();
  word.height = json.at("height").get<double>();
  word.confidence = json.at("confidence").get<double>();
  word.suspect = json.at("suspect").get<bool>();
  return word;
}

template <class Visit>
void forEachWord(const PageReading& reading, Visit visit) {
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& line : block.lines) {
      for (const Word& word : line.words) visit(word);
    }
  }
}

constexpr std::array kKinds = {PageKind::print, PageKind::handwriting, PageKind::picture};

}  // namespace

std::string_view nameOf(PageKind kind) {
  switch (kind) {
    case PageKind::handwriting:
      return "handwriting";
    case PageKind::picture:
      return "picture";
    case PageKind::print:
      break;
  }
  return "print";
}

std::string plainText(const PageReading& reading) {
  std::string text;
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& line : block.lines) {
      if (!text.empty()) text += '\n';
      bool first = true;
      for (const Word& word : line.words) {
        if (!first) text += ' ';
        text += word.text;
        first = false;
      }
    }
  }
  return text;
}

int wordCount(const PageReading& reading) {
  int count = 0;
  forEachWord(reading, [&](const Word&) { ++count; });
  return count;
}

int suspectCount(const PageReading& reading) {
  int count = 0;
  forEachWord(reading, [&](const Word& word) { count += word.suspect ? 1 : 0; });
  return count;
}

std::string toJson(const PageReading& reading) {
  Json blocks = Json::array();
  for (const TextBlock& block : reading.blocks) {
    Json lines = Json::array();
    for (const TextLine& line : block.lines) {
      Json words = Json::array();
      for (const Word& word : line.words) words.push_back(toJsonValue(word));
      lines.push_back({{"box", toArray(line.box)}, {"words", std::move(words)}});
    }
    blocks.push_back({{"box", toArray(block.box)}, {"lines", std::move(lines)}});
  }
  Json seals = Json::array();
  for (const PixelBox& seal : reading.seals) seals.push_back(toArray(seal));
  Json slots = Json::array();
  for (const HeadingSlot& slot : reading.slots) {
    slots.push_back({{"kind", static_cast<int>(slot.kind)},
                     {"box", toArray(slot.box)},
                     {"filled", slot.filled},
                     {"pen", thousandths(slot.pen)}});
  }
  const Json json = {{"width", reading.width},
                     {"height", reading.height},
                     {"x_dpi", reading.xDpi},
                     {"y_dpi", reading.yDpi},
                     {"rotation", reading.rotation},
                     {"skew_degrees", thousandths(reading.skewDegrees)},
                     {"blank", reading.blank},
                     {"orientation_sure", reading.orientationSure},
                     {"kind", nameOf(reading.kind)},
                     {"ink_share", reading.inkShare},
                     {"unread_ink_share", thousandths(reading.unreadInkShare)},
                     {"confidence", thousandths(reading.confidence)},
                     {"print", reading.print},
                     {"seals", std::move(seals)},
                     {"slots", std::move(slots)},
                     {"blocks", std::move(blocks)}};
  return jsonText(json);
}

Result<PageReading> readingFromJson(const std::string& text) {
  try {
    const Json json = parseJson(text);
    PageReading reading;
    reading.width = json.at("width").get<int>();
    reading.height = json.at("height").get<int>();
    reading.xDpi = json.at("x_dpi").get<double>();
    reading.yDpi = json.at("y_dpi").get<double>();
    reading.rotation = json.at("rotation").get<int>();
    reading.skewDegrees = json.at("skew_degrees").get<double>();
    reading.blank = json.at("blank").get<bool>();
    reading.orientationSure = json.at("orientation_sure").get<bool>();
    const auto ofPage = json.at("kind").get<std::string>();
    const auto known =
        std::find_if(kKinds.begin(), kKinds.end(), [&](PageKind k) { return nameOf(k) == ofPage; });
    if (known == kKinds.end())
      return ItemError{Stage::recognition, Cause::pageCrashed, "", "not a kind of page"};
    reading.kind = *known;
    reading.inkShare = json.at("ink_share").get<double>();
    reading.unreadInkShare = json.at("unread_ink_share").get<double>();
    reading.confidence = json.at("confidence").get<double>();
    reading.print = json.value("print", std::string());
    for (const Json& seal : json.at("seals")) reading.seals.push_back(boxFrom(seal));
    for (const Json& from : json.at("slots")) {
      HeadingSlot& slot = reading.slots.emplace_back();
      const int kind = from.at("kind").get<int>();
      if (kind < 0 || kind > static_cast<int>(HeadingSlot::Kind::month)) {
        return ItemError{Stage::recognition, Cause::pageCrashed, "", "not a kind of slot"};
      }
      slot.kind = static_cast<HeadingSlot::Kind>(kind);
      slot.box = boxFrom(from.at("box"));
      slot.filled = from.at("filled").get<bool>();
      slot.pen = from.at("pen").get<double>();
    }
    for (const Json& block : json.at("blocks")) {
      TextBlock& into = reading.blocks.emplace_back();
      into.box = boxFrom(block.at("box"));
      for (const Json& line : block.at("lines")) {
        TextLine& row = into.lines.emplace_back();
        row.box = boxFrom(line.at("box"));
        for (const Json& word : line.at("words")) row.words.push_back(wordFrom(word));
      }
    }
    return reading;
  } catch (const nlohmann::json::exception& error) {
    return ItemError{Stage::recognition, Cause::pageCrashed, "", error.what()};
  }
}

}  // namespace sohoa
