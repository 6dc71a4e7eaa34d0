// Copyright 2015-2016 The gRPC Authors. Licensed under the Apache License, Version 2.0 (the "License"); you may not use
// this file except in compliance with the License. You may obtain a copy of the License at
// http://www.apache.org/licenses/LICENSE-2.0. Unless required by applicable law or agreed to in writing, software
// distributed under the License is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND,
// either express or implied. See the License for the specific language governing permissions and limitations under
// the License.

/// The contracts of the services that every gRPC server offers. Without comments; made from the files as published.
enum ServiceProtos {
    static let health = """
        syntax = "proto3"; package grpc.health.v1; message HealthCheckRequest { string service = 1; }
        message HealthCheckResponse { enum ServingStatus { UNKNOWN = 0; SERVING = 1; NOT_SERVING = 2;
        SERVICE_UNKNOWN = 3; } ServingStatus status = 1; }
        service Health { rpc Check(HealthCheckRequest) returns (HealthCheckResponse);
        rpc Watch(HealthCheckRequest) returns (stream HealthCheckResponse); }
        """

    /// - Parameter version: `v1` or `v1alpha`; they differ in their names alone.
    static func reflection(_ version: String) -> String {
        """
        syntax = "proto3"; package grpc.reflection.\(version);
        service ServerReflection { rpc ServerReflectionInfo(stream ServerReflectionRequest)
        returns (stream ServerReflectionResponse); }
        message ServerReflectionRequest { string host = 1; oneof message_request { string file_by_filename = 3;
        string file_containing_symbol = 4; ExtensionRequest file_containing_extension = 5;
        string all_extension_numbers_of_type = 6; string list_services = 7; } }
        message ExtensionRequest { string containing_type = 1; int32 extension_number = 2; }
        message ServerReflectionResponse { string valid_host = 1; ServerReflectionRequest original_request = 2;
        oneof message_response { FileDescriptorResponse file_descriptor_response = 4;
        ExtensionNumberResponse all_extension_numbers_response = 5; ListServiceResponse list_services_response = 6;
        ErrorResponse error_response = 7; } }
        message FileDescriptorResponse { repeated bytes file_descriptor_proto = 1; }
        message ExtensionNumberResponse { string base_type_name = 1; repeated int32 extension_number = 2; }
        message ListServiceResponse { repeated ServiceResponse service = 1; } message ServiceResponse {
        string name = 1; } message ErrorResponse { int32 error_code = 1; string error_message = 2; }
        """
    }
}
