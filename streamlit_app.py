"""The neural network playground: `streamlit run streamlit_app.py`."""

import streamlit as st

from playground.app.page import page

st.set_page_config("Neural network playground", page_icon=":material/hub:", layout="wide")
page()
