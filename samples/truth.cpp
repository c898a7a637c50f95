#include "samples/truth.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace sohoa::samples {
namespace {

using Json = nlohmann::ordered_json;

Json fieldsOf(const DocumentText& text) {
  const Fields& fields = text.fields;
  Json json;
  json["parent_agency"] = fields.parentAgency;
  std::string agency = fields.agency;
  for (char& c : agency) {
    c = c == '\n' ? ' ' : c;
  }
  json["agency"] = agency;
  json["number"] = fields.number;
  json["symbol"] = fields.symbol;
  json["number_symbol"] = fields.numberSymbol();
  json["place"] = fields.place;
  json["date"] = fields.date.iso();
  json["type_name"] = fields.typeName;
  json["abstract"] = fields.abstract;
  json["authority_prefix"] = fields.authorityPrefix;
  json["signer_title"] = fields.signerTitle;
  json["signer"] = fields.signer;
  json["applicant"] = text.applicant;
  return json;
}

Json pageOf(const Side& side, const SideFile& file) {
  const PageToImage map(side.settings);
  Json json;
  json["file"] = file.file;
  json["page_in_file"] = file.pageInFile;
  json["width"] = map.width();
  json["height"] = map.height();
  json["dpi"] = side.settings.dpi;
  json["document"] = side.document;
  json["condition"] = side.condition;
  json["effects"] = side.effects;
  json["rotation"] = side.settings.rotation;
  json["skew_degrees"] = std::round(side.settings.skewDegrees * 100) / 100;
  Json lines = Json::array();
  Json words = Json::array();
  std::string text;
  for (const Line& line : side.page.lines) {
    Json entry;
    entry["text"] = line.text;
    entry["box"] = map.box(line.box);
    entry["zone"] = line.zone;
    if (line.row >= 0) {
      entry["row"] = line.row;
      entry["column"] = line.column;
    }
    lines.push_back(std::move(entry));
    text += (text.empty() ? "" : "\n") + line.text;
    for (const Word& word : line.words) {
      words.push_back({{"text", word.text}, {"box", map.box(word.box)}});
    }
  }
  json["lines"] = std::move(lines);
  json["text"] = text;
  json["words"] = std::move(words);
  Json ignore = Json::array();
  for (const Mark& mark : side.page.marks) {
    ignore.push_back({{"kind", mark.kind}, {"text", mark.text}, {"box", map.box(mark.box)}});
  }
  json["ignore"] = std::move(ignore);
  Json seals = Json::array();
  for (const Rect& seal : side.page.seals) {
    seals.push_back(map.box(seal));
  }
  json["seals"] = std::move(seals);
  return json;
}

/// Four levels are spread over lines, so that every word and printed line is one line of the file:
/// readable, and a change of one word is a change of one line.
std::string spread(const Json& json, int levels, const std::string& indent) {
  const bool flat = !json.is_structured() || json.empty() || levels == 0 ||
                    (json.is_array() && !json.front().is_structured());
  if (flat) {
    return json.dump();
  }
  const std::string inner = indent + " ";
  std::string text(1, json.is_array() ? '[' : '{');
  for (auto at = json.begin(); at != json.end(); ++at) {
    text += (at == json.begin() ? "\n" : ",\n") + inner;
    if (json.is_object()) {
      text += Json(at.key()).dump() + ": ";
    }
    text += spread(*at, levels - 1, inner);
  }
  return text + "\n" + indent + (json.is_array() ? "]" : "}");
}

}  // namespace

std::string truthOf(const Dossier& dossier, const std::vector<SideFile>& files) {
  Json json;
  json["dossier"] = dossier.code;
  const Expectation expectation = expectationOf(dossier.fault);
  json["expected"] = expectation.outcome;
  json["reason"] = expectation.reason;
  json["fields"] = fieldsOf(dossier.result());
  Json documents = Json::array();
  for (std::size_t i = 0; i < dossier.documents.size(); ++i) {
    const DocumentText& document = dossier.documents[i];
    Json entry = {{"kind", nameOf(document.kind)}};
    if (!dossier.labels.empty()) {
      entry["label"] = dossier.labels[i];
      entry["code"] = dossier.code + "-" + dossier.labels[i].substr(0, dossier.labels[i].find(' '));
    }
    entry["fields"] = fieldsOf(document);
    documents.push_back(std::move(entry));
  }
  json["documents"] = std::move(documents);
  Json pages = Json::array();
  for (std::size_t i = 0; i < dossier.sides.size(); ++i) {
    pages.push_back(pageOf(dossier.sides[i], files[i]));
  }
  json["pages"] = std::move(pages);
  return spread(json, 4, "") + "\n";
}

}  // namespace sohoa::samples
