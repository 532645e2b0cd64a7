//! Reads the body of an answer, but no more of it than an answer of Upbit's can have.

use super::object;
use crate::answer::Body;
use alloc::vec::Vec;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

/// 1 MiB; the answer to a cancellation is less than 1 KiB.
const LARGEST: usize = 1024 * 1024;

pub async fn read(response: &Response) -> Body {
    let Some(stream) = response.body() else {
        return Body::Whole(Vec::new());
    };
    let Ok(reader) = ReadableStreamDefaultReader::new(&stream) else {
        return Body::Incomplete;
    };
    let body = read_chunks(&reader).await.unwrap_or(Body::Incomplete);
    if body == Body::TooLarge {
        // Tells the server to stop; how that goes is of no interest.
        let _ = JsFuture::from(reader.cancel()).await;
    }
    body
}

async fn read_chunks(reader: &ReadableStreamDefaultReader) -> Result<Body, JsValue> {
    let mut body = Vec::new();
    while let Some(chunk) = next_chunk(reader).await? {
        if body.len() + chunk.length() as usize > LARGEST {
            return Ok(Body::TooLarge);
        }
        body.extend(chunk.to_vec());
    }
    Ok(Body::Whole(body))
}

/// The next piece. `None`: the one before was the last.
async fn next_chunk(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, JsValue> {
    let piece = JsFuture::from(reader.read()).await?;
    if object::get(&piece, "done")?.is_truthy() {
        return Ok(None);
    }
    // Not checked for its class: a stream of another realm (as Node's in jsdom) has another.
    Ok(Some(object::get(&piece, "value")?.unchecked_into()))
}
