#include "core/bytes/hex.h"
#include "pipeline/batch/batch_json.h"

namespace sohoa::wire {

using nlohmann::json;

namespace {

Sha512 digestFrom(const json& hex) {
  const auto digest = Sha512::fromHex(hex.get<std::string>());
  if (!digest) throw json::other_error::create(501, "not a sha512", &hex);
  return *digest;
}

json write(const StackPart& part) {
  return {{"code", part.code}, {"sheets", part.sheets}, {"pages", part.pages}};
}

StackPart partFrom(const json& from) {
  return {from.at("code").get<std::string>(), from.at("sheets").get<std::vector<int>>(),
          from.at("pages").get<std::vector<int>>()};
}

}  // namespace

json write(const PageSigns& signs) {
  json codes = json::array();  // hexadecimal: QR codes of other programs may contain any bytes
  for (const std::string& code : signs.codes) codes.push_back(hexOf(code));
  return {{"codes", std::move(codes)}, {"damaged_code", signs.damagedCode},
          {"marks", signs.marks},      {"sheet_marks", signs.sheetMarks},
          {"blank", signs.blank},      {"ink_share", signs.inkShare}};
}

PageSigns pageSignsFrom(const json& from) {
  PageSigns signs;
  for (const json& code : from.at("codes"))
    signs.codes.push_back(bytesFromHex(code.get<std::string>()));
  from.at("damaged_code").get_to(signs.damagedCode);
  from.at("marks").get_to(signs.marks);
  from.at("sheet_marks").get_to(signs.sheetMarks);
  from.at("blank").get_to(signs.blank);
  from.at("ink_share").get_to(signs.inkShare);
  return signs;
}

json write(const StackSource& source) {
  return {{"stack", source.stack},
          {"file", source.file},
          {"sha512", source.sha512.hex()},
          {"first_page", source.firstPage},
          {"last_page", source.lastPage}};
}

StackSource stackSourceFrom(const json& from) {
  return {from.at("stack").get<std::string>(), from.at("file").get<std::string>(),
          digestFrom(from.at("sha512")), from.at("first_page").get<int>(),
          from.at("last_page").get<int>()};
}

json write(const HeldStack& stack) {
  json pages = json::array(), parts = json::array(), problems = json::array();
  for (const StackPage& page : stack.pages) {
    pages.push_back({{"file", page.file},
                     {"index", page.index},
                     {"signs", page.signs ? write(*page.signs) : json(nullptr)}});
  }
  for (const StackPart& part : stack.plan.parts) parts.push_back(write(part));
  for (const ItemError& problem : stack.plan.problems) problems.push_back(write(problem));
  return {{"loose", stack.loose},
          {"pages", std::move(pages)},
          {"parts", std::move(parts)},
          {"problems", std::move(problems)}};
}

HeldStack heldStackFrom(const json& from) {
  HeldStack stack;
  from.at("loose").get_to(stack.loose);
  for (const json& page : from.at("pages")) {
    StackPage& one = stack.pages.emplace_back();
    page.at("file").get_to(one.file);
    page.at("index").get_to(one.index);
    if (!page.at("signs").is_null()) one.signs = pageSignsFrom(page.at("signs"));
  }
  for (const json& part : from.at("parts")) stack.plan.parts.push_back(partFrom(part));
  for (const json& problem : from.at("problems"))
    stack.plan.problems.push_back(itemErrorFrom(problem));
  return stack;
}

json write(const DividedStack& stack) {
  json files = json::array(), parts = json::array();
  for (const OriginalFile& file : stack.files) {
    files.push_back({{"name", file.name},
                     {"bytes", file.bytes},
                     {"sha512", file.sha512.hex()},
                     {"pages", file.pages}});
  }
  for (const StackPart& part : stack.parts) parts.push_back(write(part));
  return {
      {"folder", hexOf(stack.folder)}, {"files", std::move(files)}, {"parts", std::move(parts)}};
}

DividedStack dividedStackFrom(const json& from) {
  DividedStack stack;
  stack.folder = bytesFromHex(from.at("folder").get<std::string>());
  for (const json& file : from.at("files")) {
    OriginalFile& one = stack.files.emplace_back();
    file.at("name").get_to(one.name);
    file.at("bytes").get_to(one.bytes);
    one.sha512 = digestFrom(file.at("sha512"));
    file.at("pages").get_to(one.pages);
  }
  for (const json& part : from.at("parts")) stack.parts.push_back(partFrom(part));
  return stack;
}

}  // namespace sohoa::wire
