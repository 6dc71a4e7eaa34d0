// Copyright 2008 Google LLC. All rights reserved. https://developers.google.com/protocol-buffers/
//
// Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
// following conditions are met: redistributions of source code must retain the above copyright notice, this list of
// conditions and the following disclaimer; redistributions in binary form must reproduce the above copyright notice,
// this list of conditions and the following disclaimer in the documentation and/or other materials provided with the
// distribution; neither the name of Google LLC nor the names of its contributors may be used to endorse or promote
// products derived from this software without specific prior written permission.
//
// THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
// INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
// DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT OWNER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
// SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
// SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY,
// WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
// OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

/// The types that JSON shows in ways of their own, and what else comes with protoc. Without comments; made from the files as published.
enum WellKnownProtos {
    static let files: [(name: String, text: StaticString)] = [
        (
            "google/protobuf/any.proto",
            #"""
            syntax = "proto3"; package google.protobuf; option go_package =
            "google.golang.org/protobuf/types/known/anypb"; option java_package = "com.google.protobuf"; option
            java_outer_classname = "AnyProto"; option java_multiple_files = true; option objc_class_prefix = "GPB";
            option csharp_namespace = "Google.Protobuf.WellKnownTypes"; message Any { string type_url = 1; bytes value
            = 2; }
            """#
        ),
        (
            "google/protobuf/api.proto",
            #"""
            syntax = "proto3"; package google.protobuf; import "google/protobuf/source_context.proto"; import
            "google/protobuf/type.proto"; option java_package = "com.google.protobuf"; option java_outer_classname =
            "ApiProto"; option java_multiple_files = true; option objc_class_prefix = "GPB"; option csharp_namespace =
            "Google.Protobuf.WellKnownTypes"; option go_package = "google.golang.org/protobuf/types/known/apipb";
            message Api { string name = 1; repeated Method methods = 2; repeated Option options = 3; string version = 4
            ; SourceContext source_context = 5; repeated Mixin mixins = 6; Syntax syntax = 7; string edition = 8; }
            message Method { string name = 1; string request_type_url = 2; bool request_streaming = 3; string
            response_type_url = 4; bool response_streaming = 5; repeated Option options = 6; Syntax syntax = 7[
            deprecated = true]; string edition = 8[deprecated = true]; }
            message Mixin { string name = 1; string root = 2; }
            """#
        ),
        (
            "google/protobuf/duration.proto",
            #"""
            syntax = "proto3"; package google.protobuf; option cc_enable_arenas = true; option go_package =
            "google.golang.org/protobuf/types/known/durationpb"; option java_package = "com.google.protobuf"; option
            java_outer_classname = "DurationProto"; option java_multiple_files = true; option objc_class_prefix = "GPB"
            ; option csharp_namespace = "Google.Protobuf.WellKnownTypes"; message Duration { int64 seconds = 1; int32
            nanos = 2; }
            """#
        ),
        (
            "google/protobuf/empty.proto",
            #"""
            syntax = "proto3"; package google.protobuf; option go_package =
            "google.golang.org/protobuf/types/known/emptypb"; option java_package = "com.google.protobuf"; option
            java_outer_classname = "EmptyProto"; option java_multiple_files = true; option objc_class_prefix = "GPB";
            option csharp_namespace = "Google.Protobuf.WellKnownTypes"; option cc_enable_arenas = true; message Empty {
            }
            """#
        ),
        (
            "google/protobuf/field_mask.proto",
            #"""
            syntax = "proto3"; package google.protobuf; option java_package = "com.google.protobuf"; option
            java_outer_classname = "FieldMaskProto"; option java_multiple_files = true; option objc_class_prefix =
            "GPB"; option csharp_namespace = "Google.Protobuf.WellKnownTypes"; option go_package =
            "google.golang.org/protobuf/types/known/fieldmaskpb"; option cc_enable_arenas = true; message FieldMask {
            repeated string paths = 1; }
            """#
        ),
        (
            "google/protobuf/source_context.proto",
            #"""
            syntax = "proto3"; package google.protobuf; option java_package = "com.google.protobuf"; option
            java_outer_classname = "SourceContextProto"; option java_multiple_files = true; option objc_class_prefix =
            "GPB"; option csharp_namespace = "Google.Protobuf.WellKnownTypes"; option go_package =
            "google.golang.org/protobuf/types/known/sourcecontextpb"; message SourceContext { string file_name = 1; }
            """#
        ),
        (
            "google/protobuf/struct.proto",
            #"""
            syntax = "proto3"; package google.protobuf; option cc_enable_arenas = true; option go_package =
            "google.golang.org/protobuf/types/known/structpb"; option java_package = "com.google.protobuf"; option
            java_outer_classname = "StructProto"; option java_multiple_files = true; option objc_class_prefix = "GPB";
            option csharp_namespace = "Google.Protobuf.WellKnownTypes"; message Struct { map<string, Value> fields = 1;
            }
            message Value { oneof kind { NullValue null_value = 1; double number_value = 2; string string_value = 3;
            bool bool_value = 4; Struct struct_value = 5; ListValue list_value = 6; } }
            enum NullValue { NULL_VALUE = 0; }
            message ListValue { repeated Value values = 1; }
            """#
        ),
        (
            "google/protobuf/timestamp.proto",
            #"""
            syntax = "proto3"; package google.protobuf; option cc_enable_arenas = true; option go_package =
            "google.golang.org/protobuf/types/known/timestamppb"; option java_package = "com.google.protobuf"; option
            java_outer_classname = "TimestampProto"; option java_multiple_files = true; option objc_class_prefix =
            "GPB"; option csharp_namespace = "Google.Protobuf.WellKnownTypes"; message Timestamp { int64 seconds = 1;
            int32 nanos = 2; }
            """#
        ),
        (
            "google/protobuf/type.proto",
            #"""
            syntax = "proto3"; package google.protobuf; import "google/protobuf/any.proto"; import
            "google/protobuf/source_context.proto"; option cc_enable_arenas = true; option java_package =
            "com.google.protobuf"; option java_outer_classname = "TypeProto"; option java_multiple_files = true; option
            objc_class_prefix = "GPB"; option csharp_namespace = "Google.Protobuf.WellKnownTypes"; option go_package =
            "google.golang.org/protobuf/types/known/typepb"; message Type { string name = 1; repeated Field fields = 2;
            repeated string oneofs = 3; repeated Option options = 4; SourceContext source_context = 5; Syntax syntax =
            6; string edition = 7; }
            message Field { enum Kind { TYPE_UNKNOWN = 0; TYPE_DOUBLE = 1; TYPE_FLOAT = 2; TYPE_INT64 = 3; TYPE_UINT64
            = 4; TYPE_INT32 = 5; TYPE_FIXED64 = 6; TYPE_FIXED32 = 7; TYPE_BOOL = 8; TYPE_STRING = 9; TYPE_GROUP = 10;
            TYPE_MESSAGE = 11; TYPE_BYTES = 12; TYPE_UINT32 = 13; TYPE_ENUM = 14; TYPE_SFIXED32 = 15; TYPE_SFIXED64 =
            16; TYPE_SINT32 = 17; TYPE_SINT64 = 18; } enum Cardinality { CARDINALITY_UNKNOWN = 0; CARDINALITY_OPTIONAL
            = 1; CARDINALITY_REQUIRED = 2; CARDINALITY_REPEATED = 3; } Kind kind = 1; Cardinality cardinality = 2;
            int32 number = 3; string name = 4; string type_url = 6; int32 oneof_index = 7; bool packed = 8; repeated
            Option options = 9; string json_name = 10; string default_value = 11; }
            message Enum { string name = 1; repeated EnumValue enumvalue = 2; repeated Option options = 3;
            SourceContext source_context = 4; Syntax syntax = 5; string edition = 6; }
            message EnumValue { string name = 1; int32 number = 2; repeated Option options = 3; }
            message Option { string name = 1; Any value = 2; }
            enum Syntax { SYNTAX_PROTO2 = 0; SYNTAX_PROTO3 = 1; SYNTAX_EDITIONS = 2; }
            """#
        ),
        (
            "google/protobuf/wrappers.proto",
            #"""
            syntax = "proto3"; package google.protobuf; option cc_enable_arenas = true; option go_package =
            "google.golang.org/protobuf/types/known/wrapperspb"; option java_package = "com.google.protobuf"; option
            java_outer_classname = "WrappersProto"; option java_multiple_files = true; option objc_class_prefix = "GPB"
            ; option csharp_namespace = "Google.Protobuf.WellKnownTypes"; message DoubleValue { double value = 1; }
            message FloatValue { float value = 1; }
            message Int64Value { int64 value = 1; }
            message UInt64Value { uint64 value = 1; }
            message Int32Value { int32 value = 1; }
            message UInt32Value { uint32 value = 1; }
            message BoolValue { bool value = 1; }
            message StringValue { string value = 1; }
            message BytesValue { bytes value = 1; }
            """#
        ),
        (
            "google/protobuf/compiler/plugin.proto",
            #"""
            syntax = "proto2"; package google.protobuf.compiler; option java_package = "com.google.protobuf.compiler";
            option java_outer_classname = "PluginProtos"; import "google/protobuf/descriptor.proto"; option
            csharp_namespace = "Google.Protobuf.Compiler"; option go_package =
            "google.golang.org/protobuf/types/pluginpb"; message Version { optional int32 major = 1; optional int32
            minor = 2; optional int32 patch = 3; optional string suffix = 4; }
            message CodeGeneratorRequest { repeated string file_to_generate = 1; optional string parameter = 2;
            repeated FileDescriptorProto proto_file = 15; repeated FileDescriptorProto source_file_descriptors = 17;
            optional Version compiler_version = 3; }
            message CodeGeneratorResponse { optional string error = 1; optional uint64 supported_features = 2; enum
            Feature { FEATURE_NONE = 0; FEATURE_PROTO3_OPTIONAL = 1; FEATURE_SUPPORTS_EDITIONS = 2; } optional int32
            minimum_edition = 3; optional int32 maximum_edition = 4; message File { optional string name = 1; optional
            string insertion_point = 2; optional string content = 15; optional GeneratedCodeInfo generated_code_info =
            16; } repeated File file = 15; }
            """#
        ),
    ]
}
