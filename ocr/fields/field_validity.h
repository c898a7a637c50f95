#pragma once

#include "ocr/fields/field_lines.h"

namespace sohoa {

/// The sentence that says how long the document holds: "có hiệu lực kể từ ngày ký", "Thời hạn của
/// giấy phép: 05 năm". The first one found counts; the value is the clause as it stands.
bool readValidity(const FieldPage& lines, int page, FieldMap& fields);

}  // namespace sohoa
